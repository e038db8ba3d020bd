<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The values of an enum, of flags, of a boolean, and the hosts: to choose from, to tick, to read. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- mode `options`: of a list -->
  <xsl:template match="hv:type" mode="options">
    <xsl:param name="value"/>
    <xsl:apply-templates select="../hv:constant" mode="item"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="hv:type[. = 'boolean']" mode="options">
    <xsl:param name="value"/>
    <option value="true"><xsl:if test="$value = 'true'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>yes</option>
    <option value="false"><xsl:if test="$value = 'false'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>no</option>
  </xsl:template>
  <xsl:template match="hv:constant" mode="item">
    <xsl:param name="value"/>
    <option value="{@name}">
      <xsl:if test="$value = @name"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:value-of select="@name"/><xsl:if test="string(.)"> – <xsl:value-of select="."/></xsl:if>
    </option>
  </xsl:template>

  <!-- mode `input`: boxes -->
  <xsl:template match="hv:constant" mode="input">
    <label class="choice">
      <input type="radio" name="{../@name}" value="{@name}">
        <xsl:if test="../hv:type = 'flags'"><xsl:attribute name="type">checkbox</xsl:attribute></xsl:if>
        <xsl:if test="../hv:type = 'enum' and ../hv:required = 'true'"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
        <xsl:if test="../hv:value = @name"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
      </input>
      <xsl:apply-templates select="." mode="row"/>
    </label>
  </xsl:template>
  <xsl:template match="hv:constant" mode="row">
    <span><code><xsl:value-of select="@name"/></code><xsl:if test="string(.)"><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="."/></span></xsl:if></span>
  </xsl:template>

</xsl:stylesheet>
