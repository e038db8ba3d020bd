<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A parameter: as a field of a form (mode `input`) and as a line of the reference (mode `row`). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- The field: a label, the input by type, the documentation -->
  <xsl:template match="hv:parameter" mode="input">
    <div class="field">
      <label for="p-{@name}"><xsl:apply-templates select="." mode="label"/></label>
      <xsl:apply-templates select="hv:type" mode="input"/>
      <xsl:apply-templates select="hv:documentation"/>
    </div>
  </xsl:template>
  <xsl:template match="hv:parameter[hv:type = 'flags']" mode="input" priority="1">
    <fieldset class="field">
      <legend><xsl:apply-templates select="." mode="label"/></legend>
      <xsl:apply-templates select="hv:documentation"/>
      <xsl:apply-templates select="hv:constant" mode="input"/>
    </fieldset>
  </xsl:template>
  <xsl:template match="hv:parameter[hv:type = 'enum'][count(hv:constant) &lt;= 8]" mode="input" priority="1">
    <fieldset class="field">
      <legend><xsl:apply-templates select="." mode="label"/></legend>
      <xsl:apply-templates select="hv:documentation"/>
      <xsl:if test="not(hv:required = 'true')">
        <label class="choice">
          <input type="radio" name="{@name}" value=""><xsl:if test="not(hv:value)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input>
          <span>not given</span>
        </label>
      </xsl:if>
      <xsl:apply-templates select="hv:constant" mode="input"/>
    </fieldset>
  </xsl:template>
  <xsl:template match="hv:parameters/hv:parameter" mode="label">
    <code><xsl:value-of select="@name"/></code>
    <xsl:if test="@unit and not(@unit = 'none')"><xsl:text> </xsl:text><span class="quiet">in <xsl:value-of select="@unit"/></span></xsl:if>
    <xsl:if test="hv:required = 'true'"><xsl:text> </xsl:text><span class="required">required</span></xsl:if>
  </xsl:template>
  <xsl:template match="hv:documentation"><p class="help" id="h-{../@name}"><xsl:value-of select="."/></p></xsl:template>

  <!-- What all inputs share -->
  <xsl:template name="control">
    <xsl:attribute name="id"><xsl:value-of select="concat('p-', ../@name)"/></xsl:attribute>
    <xsl:attribute name="name"><xsl:value-of select="../@name"/></xsl:attribute>
    <xsl:if test="../hv:required = 'true'"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
    <xsl:if test="../hv:documentation"><xsl:attribute name="aria-describedby"><xsl:value-of select="concat('h-', ../@name)"/></xsl:attribute></xsl:if>
  </xsl:template>

  <xsl:template match="hv:type[. = 'string']" mode="input">
    <input type="text" value="{../hv:value}" autocomplete="off"><xsl:call-template name="control"/></input>
  </xsl:template>
  <xsl:template match="hv:type[. = 'uuid']" mode="input">
    <input type="text" value="{../hv:value}" autocomplete="off" spellcheck="false" class="uuid" placeholder="00000000-0000-0000-0000-000000000000"
           title="A UUID" pattern="[0-9a-fA-F]{{8}}(-?[0-9a-fA-F]{{4}}){{3}}-?[0-9a-fA-F]{{12}}"><xsl:call-template name="control"/></input>
  </xsl:template>
  <xsl:template match="hv:type[. = 'xml']" mode="input">
    <textarea rows="24" cols="80" spellcheck="false" autocomplete="off">
      <xsl:call-template name="control"/>
      <xsl:value-of select="../hv:value"/>
    </textarea>
  </xsl:template>
  <xsl:template match="hv:type[. = 'int' or . = 'unsigned']" mode="input">
    <input type="number" step="1" value="{../hv:value}">
      <xsl:call-template name="control"/>
      <xsl:if test=". = 'unsigned'"><xsl:attribute name="min">0</xsl:attribute></xsl:if>
      <xsl:if test="../hv:minimum"><xsl:attribute name="min"><xsl:value-of select="../hv:minimum"/></xsl:attribute></xsl:if>
      <xsl:if test="../hv:maximum"><xsl:attribute name="max"><xsl:value-of select="../hv:maximum"/></xsl:attribute></xsl:if>
    </input>
    <xsl:if test="../@unit and string(../hv:value)">
      <xsl:variable name="quantity"><xsl:call-template name="quantity"><xsl:with-param name="number" select="string(../hv:value)"/><xsl:with-param name="unit" select="../@unit"/></xsl:call-template></xsl:variable>
      <xsl:if test="not(starts-with($quantity, ../hv:value) or ../hv:value &lt; 0)"><span class="quiet"> = <xsl:value-of select="$quantity"/></span></xsl:if>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:type[. = 'boolean']" mode="input">
    <xsl:variable name="value" select="../hv:value"/>
    <select>
      <xsl:call-template name="control"/>
      <option value=""><xsl:apply-templates select="../hv:required" mode="title"/></option>
      <option value="true"><xsl:if test="$value = 'true'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>yes</option>
      <option value="false"><xsl:if test="$value = 'false'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>no</option>
    </select>
  </xsl:template>
  <xsl:template match="hv:type[. = 'enum']" mode="input">
    <select>
      <xsl:call-template name="control"/>
      <option value=""><xsl:apply-templates select="../hv:required" mode="title"/></option>
      <xsl:apply-templates select="../hv:constant" mode="item"/>
    </select>
  </xsl:template>

  <xsl:template match="hv:required" mode="title">not given</xsl:template>
  <xsl:template match="hv:required[. = 'true']" mode="title">choose …</xsl:template>

  <!-- The constants -->
  <xsl:template match="hv:constant" mode="item">
    <option value="{@name}">
      <xsl:if test="../hv:value = @name"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
      <xsl:value-of select="@name"/><xsl:if test="string(.)"> – <xsl:value-of select="."/></xsl:if>
    </option>
  </xsl:template>
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
