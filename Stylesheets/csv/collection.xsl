<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A list of objects: a page says the heads, the cells are the fields in their order. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="csv.xsl"/>

  <xsl:template match="/">
    <xsl:apply-templates select="*" mode="head"/>
    <xsl:call-template name="end"/>
    <xsl:apply-templates select="*/*[@name and @href][not(self::hv:link or self::hv:object)]" mode="row"/>
  </xsl:template>

  <xsl:template match="hv:*" mode="row">
    <xsl:call-template name="cell"><xsl:with-param name="text" select="string(@name)"/></xsl:call-template>
    <xsl:if test="@id"><xsl:call-template name="next"><xsl:with-param name="text" select="string(@id)"/></xsl:call-template></xsl:if>
    <xsl:apply-templates select="hv:*" mode="field"/>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(@href)"/></xsl:call-template>
    <xsl:call-template name="end"/>
  </xsl:template>

  <xsl:template match="hv:*" mode="field"><xsl:call-template name="next"/></xsl:template>
  <xsl:template match="hv:capacity | hv:allocation | hv:available | hv:created" mode="field"><xsl:call-template name="next-number"/></xsl:template>
  <xsl:template match="hv:parent | hv:filter" mode="field">
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(@name)"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="hv:used-by" mode="field">
    <xsl:text>,</xsl:text>
    <xsl:call-template name="cell">
      <xsl:with-param name="text"><xsl:for-each select="hv:vm"><xsl:if test="position() &gt; 1">;</xsl:if><xsl:value-of select="@name"/></xsl:for-each></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
