<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What a command returned. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:key name="field" match="hv:field" use="concat(generate-id(..), ' ', @name)"/>

  <xsl:template match="hv:result[not(*)]" priority="3">null</xsl:template>
  <xsl:template match="hv:result" priority="2"><xsl:apply-templates select="*"/></xsl:template>

  <!-- A structure is an object; fields that share a name are one array. -->
  <xsl:template match="hv:structure" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="hv:field[generate-id() = generate-id(key('field', concat(generate-id(..), ' ', @name))[1])]" mode="member"/>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:field" mode="member" priority="2">
    <xsl:variable name="all" select="key('field', concat(generate-id(..), ' ', @name))"/>
    <xsl:if test="position() &gt; 1">,</xsl:if>
    <xsl:call-template name="string"><xsl:with-param name="text" select="@name"/></xsl:call-template>
    <xsl:text>:</xsl:text>
    <xsl:choose>
      <xsl:when test="$all[2]"><xsl:call-template name="array"><xsl:with-param name="items" select="$all/*"/></xsl:call-template></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="*"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="hv:xml" priority="2">
    <xsl:text>"</xsl:text><xsl:apply-templates select="*" mode="source"/><xsl:text>"</xsl:text>
  </xsl:template>

</xsl:stylesheet>
