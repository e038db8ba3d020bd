<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A parameter as a field of a form (mode `input`). Its inputs: input.xsl. As a line of the reference: reference.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- All of an action: libvirt's typed parameters stand together, under the argument that they go into. -->
  <xsl:template match="hv:parameters" mode="input">
    <xsl:apply-templates select="hv:parameter[not(hv:argument = preceding-sibling::hv:parameter/hv:argument)]" mode="group"/>
  </xsl:template>
  <xsl:template match="hv:parameter" mode="group"><xsl:apply-templates select="." mode="input"/></xsl:template>
  <xsl:template match="hv:parameter[hv:argument]" mode="group">
    <fieldset class="group">
      <legend><code><xsl:value-of select="hv:argument"/></code><xsl:text> </xsl:text><span class="quiet">what is left empty is not given</span></legend>
      <xsl:apply-templates select="../hv:parameter[hv:argument = current()/hv:argument]" mode="input"/>
    </fieldset>
  </xsl:template>

  <!-- The field: a label, the input by type, the documentation -->
  <xsl:template match="hv:parameter" mode="input">
    <div class="field">
      <label><xsl:attribute name="for"><xsl:apply-templates select="." mode="id"/></xsl:attribute><xsl:apply-templates select="." mode="label"/></label>
      <xsl:apply-templates select="hv:type" mode="input"/>
      <xsl:apply-templates select="hv:documentation"/>
    </div>
  </xsl:template>
  <!-- With the empty one, no tick says "no flag"; without it, it would say nothing. -->
  <xsl:template match="hv:parameter[hv:type = 'flags']" mode="input" priority="1">
    <fieldset class="field">
      <legend><xsl:apply-templates select="." mode="label"/></legend>
      <xsl:apply-templates select="hv:documentation"/>
      <input type="hidden" name="{@name}" value=""/>
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
  <!-- Several of one name: those that there are, and three in all or one more -->
  <xsl:template match="hv:parameter[hv:repeatable = 'true'][not(hv:type = 'flags')]" mode="input" priority="2">
    <fieldset class="field many">
      <legend><xsl:apply-templates select="." mode="label"/></legend>
      <xsl:apply-templates select="hv:documentation"/>
      <xsl:apply-templates select="hv:value" mode="input"/>
      <xsl:call-template name="more"><xsl:with-param name="number" select="count(hv:value) + 1"/></xsl:call-template>
    </fieldset>
  </xsl:template>
  <xsl:template match="hv:value" mode="input">
    <xsl:apply-templates select="../hv:type" mode="input">
      <xsl:with-param name="value" select="."/>
      <xsl:with-param name="number" select="position()"/>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template name="more">
    <xsl:param name="number"/>
    <xsl:apply-templates select="hv:type" mode="input">
      <xsl:with-param name="value" select="/.."/>
      <xsl:with-param name="number" select="$number"/>
    </xsl:apply-templates>
    <xsl:if test="$number &lt; 3"><xsl:call-template name="more"><xsl:with-param name="number" select="$number + 1"/></xsl:call-template></xsl:if>
  </xsl:template>

  <xsl:template match="hv:parameters/hv:parameter" mode="label">
    <code><xsl:value-of select="@name"/></code>
    <xsl:if test="@unit and not(@unit = 'none')"><xsl:text> </xsl:text><span class="quiet">in <xsl:value-of select="@unit"/></span></xsl:if>
    <xsl:apply-templates select="hv:type" mode="hint"/>
    <xsl:if test="hv:required = 'true'"><xsl:text> </xsl:text><span class="required">required</span></xsl:if>
  </xsl:template>
  <xsl:template match="hv:type" mode="hint"/>
  <xsl:template match="hv:type[. = 'bytes']" mode="hint"><xsl:text> </xsl:text><span class="quiet">in base64</span></xsl:template>
  <xsl:template match="hv:type[. = 'cpus']" mode="hint"><xsl:text> </xsl:text><span class="quiet">such as 0-7,^2: the first eight but for 2</span></xsl:template>
  <xsl:template match="hv:parameter/hv:documentation"><p class="help"><xsl:attribute name="id"><xsl:apply-templates select=".." mode="id"/>-help</xsl:attribute><xsl:value-of select="."/></p></xsl:template>

  <!-- mode `id`: of its input; a page holds one form, or several whose actions differ, or one more that edits -->
  <xsl:template match="hv:parameter" mode="id">p-<xsl:value-of select="@name"/></xsl:template>
  <xsl:template match="hv:actions/hv:action//hv:parameter" mode="id"><xsl:value-of select="concat(../../@name, '-', @name)"/></xsl:template>
  <xsl:template match="hv:edit//hv:parameter" mode="id">edit-<xsl:value-of select="@name"/></xsl:template>

</xsl:stylesheet>
