<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The inputs by type: the value that each starts with, and which it is of several. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- What all inputs share -->
  <xsl:template name="control">
    <xsl:param name="number" select="1"/>
    <xsl:attribute name="id">
      <xsl:apply-templates select=".." mode="id"/>
      <xsl:if test="$number &gt; 1"><xsl:value-of select="concat('-', $number)"/></xsl:if>
    </xsl:attribute>
    <xsl:attribute name="name"><xsl:value-of select="../@name"/></xsl:attribute>
    <xsl:if test="../hv:repeatable = 'true'"><xsl:attribute name="aria-label"><xsl:value-of select="concat(../@name, ' ', $number)"/></xsl:attribute></xsl:if>
    <xsl:if test="../hv:required = 'true' and $number = 1"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
    <xsl:if test="../hv:documentation and not(ancestor::hv:actions)">
      <xsl:attribute name="aria-describedby"><xsl:apply-templates select=".." mode="id"/>-help</xsl:attribute>
    </xsl:if>
  </xsl:template>

  <xsl:template match="hv:type[. = 'string']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <input type="text" value="{$value}" autocomplete="off"><xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template></input>
  </xsl:template>
  <xsl:template match="hv:type[. = 'cpus']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <input type="text" value="{$value}" autocomplete="off" spellcheck="false" class="uuid" title="Numbers and ranges, with commas; ^ takes one away"
           pattern="\^?[0-9]+(-[0-9]+)?(,\^?[0-9]+(-[0-9]+)?)*"><xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template></input>
  </xsl:template>
  <xsl:template match="hv:type[. = 'uuid']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <input type="text" value="{$value}" autocomplete="off" spellcheck="false" class="uuid" placeholder="00000000-0000-0000-0000-000000000000" title="A UUID"
           pattern="[0-9a-fA-F]{{8}}(-?[0-9a-fA-F]{{4}}){{3}}-?[0-9a-fA-F]{{12}}"><xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template></input>
  </xsl:template>
  <xsl:template match="hv:type[. = 'xml' or . = 'bytes']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <textarea rows="24" cols="80" spellcheck="false" autocomplete="off">
      <xsl:if test=". = 'bytes' or ../hv:repeatable = 'true'"><xsl:attribute name="rows">6</xsl:attribute></xsl:if>
      <xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template>
      <xsl:value-of select="$value"/>
    </textarea>
  </xsl:template>
  <xsl:template match="hv:type[. = 'int' or . = 'unsigned' or . = 'double']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <input type="number" step="1" value="{$value}">
      <xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template>
      <xsl:if test=". = 'double'"><xsl:attribute name="step">any</xsl:attribute></xsl:if>
      <xsl:if test=". = 'unsigned'"><xsl:attribute name="min">0</xsl:attribute></xsl:if>
      <xsl:if test="../hv:minimum"><xsl:attribute name="min"><xsl:value-of select="../hv:minimum"/></xsl:attribute></xsl:if>
      <xsl:if test="../hv:maximum"><xsl:attribute name="max"><xsl:value-of select="../hv:maximum"/></xsl:attribute></xsl:if>
    </input>
    <xsl:if test="../@unit and string($value)">
      <xsl:variable name="quantity"><xsl:call-template name="quantity"><xsl:with-param name="number" select="string($value)"/><xsl:with-param name="unit" select="../@unit"/></xsl:call-template></xsl:variable>
      <xsl:if test="not(ancestor::hv:actions or starts-with($quantity, $value) or $value &lt; 0)"><span class="quiet"> = <xsl:value-of select="$quantity"/></span></xsl:if>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:type[. = 'boolean' or . = 'enum' or . = 'host']" mode="input">
    <xsl:param name="value" select="../hv:value"/>
    <xsl:param name="number" select="1"/>
    <select>
      <xsl:call-template name="control"><xsl:with-param name="number" select="$number"/></xsl:call-template>
      <option value=""><xsl:apply-templates select="../hv:required" mode="title"/></option>
      <xsl:apply-templates select="." mode="options"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
    </select>
  </xsl:template>
  <xsl:template match="hv:required" mode="title">not given</xsl:template>
  <xsl:template match="hv:required[. = 'true']" mode="title">choose …</xsl:template>

</xsl:stylesheet>
