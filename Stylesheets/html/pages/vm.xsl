<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One VM. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/object.xsl"/>

  <xsl:template match="/hv:vm"><xsl:apply-templates select="." mode="object"/></xsl:template>

  <xsl:template match="/hv:vm" mode="title"><xsl:value-of select="hv:name"/></xsl:template>

  <xsl:template match="/hv:vm[hv:stale or hv:conflict or hv:dispute or hv:announced]" mode="silence"><xsl:apply-templates select="hv:conflict | hv:dispute | hv:stale | hv:announced" mode="note"/></xsl:template>
  <xsl:template match="hv:stale" mode="note">
    <p class="note warning" role="status">
      <xsl:text>Host </xsl:text><xsl:apply-templates select="../hv:host"/>
      <xsl:text> does not answer. This is how it was </xsl:text><xsl:apply-templates select="." mode="age"/><xsl:text> ago.</xsl:text>
    </p>
  </xsl:template>
  <xsl:template match="hv:announced" mode="note">
    <p class="note warning" role="status">
      <xsl:text>Announced only: host </xsl:text><xsl:apply-templates select="../hv:host"/>
      <xsl:text> has not answered yet. Its announcement is all that is known of this VM, and anyone on the network may have written that.</xsl:text>
    </p>
  </xsl:template>
  <xsl:template match="hv:dispute" mode="note">
    <div class="note danger" role="alert">
      <p><strong>Owner in dispute: </strong><xsl:apply-templates select="."/></p>
      <xsl:if test="../hv:actions/hv:action[@name = 'owner']"><p><a class="button" href="{../hv:actions/hv:action[@name = 'owner']/@href}">Change the owner</a></p></xsl:if>
    </div>
  </xsl:template>
  <!-- Each copy takes commands at its own address, which is below its host. -->
  <xsl:template match="hv:conflict" mode="note">
    <div class="note danger" role="alert">
      <p><strong>Conflict: </strong><xsl:apply-templates select="."/></p>
      <xsl:choose>
        <xsl:when test="starts-with(../@href, '/hosts/')">
          <p>Commands here are for the copy on host <xsl:apply-templates select="../hv:host"/> alone. The other is on <xsl:apply-templates select="../hv:also"/>.</p>
        </xsl:when>
        <xsl:otherwise>
          <p>
            <xsl:text>Commands are accepted only at the address of one copy: on </xsl:text>
            <a href="{../hv:host/@href}/domains/{../@id}"><xsl:value-of select="../hv:host/@name"/></a>
            <xsl:for-each select="../hv:also/hv:host"><xsl:text> or on </xsl:text><xsl:apply-templates select="."/></xsl:for-each>
            <xsl:text>.</xsl:text>
          </p>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <xsl:template match="hv:vm/hv:name | hv:vm/hv:title | hv:vm/hv:stale | hv:vm/hv:announced | hv:vm/hv:conflict | hv:vm/hv:dispute | hv:vm/hv:maximum-memory | hv:vm/hv:reason" mode="property"/>
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
