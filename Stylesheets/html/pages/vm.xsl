<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One VM. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/object.xsl"/>

  <xsl:template match="/hv:vm"><xsl:apply-templates select="." mode="object"/></xsl:template>

  <xsl:template match="/hv:vm" mode="title"><xsl:value-of select="hv:name"/></xsl:template>

  <xsl:template match="/hv:vm[hv:stale]" mode="silence">
    <p class="note warning" role="status">
      <xsl:text>Host </xsl:text><xsl:apply-templates select="hv:host"/>
      <xsl:text> does not answer. This is what was known, </xsl:text><xsl:apply-templates select="hv:stale"/>.
    </p>
  </xsl:template>

  <xsl:template match="hv:vm/hv:name | hv:vm/hv:title | hv:vm/hv:stale | hv:vm/hv:maximum-memory | hv:vm/hv:reason" mode="property"/>
  <xsl:template match="hv:vm/hv:state" mode="property">
    <div><dt>State</dt><dd><xsl:apply-templates select="."/><xsl:text> </xsl:text><span class="quiet"><xsl:apply-templates select="../hv:reason"/></span></dd></div>
  </xsl:template>
  <xsl:template match="hv:vm/hv:memory" mode="property">
    <div>
      <dt>Memory</dt>
      <dd>
        <xsl:apply-templates select="."/>
        <xsl:if test="not(../hv:maximum-memory = .)"><span class="quiet"> of at most <xsl:apply-templates select="../hv:maximum-memory"/></span></xsl:if>
      </dd>
    </div>
  </xsl:template>
  <xsl:template match="hv:vm/hv:persistent[. = 'false']"><xsl:text>no </xsl:text><span class="quiet">it is gone when it stops</span></xsl:template>

</xsl:stylesheet>
