<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A fault inside another document, and what a fault says about its cause. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:fault/hv:code | hv:fault/hv:domain | hv:fault/hv:level">
    <xsl:if test="@name"><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text></xsl:if>
    <span class="quiet"><xsl:value-of select="."/></span>
  </xsl:template>
  <xsl:template match="hv:fault/hv:status">
    <xsl:value-of select="concat(., ' ', @name)"/>
  </xsl:template>
  <xsl:template match="hv:fault/hv:parameter"><code><xsl:value-of select="@name"/></code></xsl:template>
  <xsl:template match="hv:fault/hv:outcome"><xsl:value-of select="."/></xsl:template>

  <!-- nested: the host that holds it did not answer -->
  <xsl:template match="hv:host/hv:fault">
    <p class="cause"><xsl:apply-templates select="hv:message"/></p>
    <xsl:if test="hv:advice"><p><xsl:apply-templates select="hv:advice"/></p></xsl:if>
    <xsl:if test="hv:code"><p class="quiet"><xsl:apply-templates select="hv:code"/></p></xsl:if>
  </xsl:template>

</xsl:stylesheet>
