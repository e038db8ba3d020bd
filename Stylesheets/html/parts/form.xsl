<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The form of an action. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:action" mode="form">
    <form class="form" method="post" action="{@href}">
      <xsl:apply-templates select="hv:warning" mode="form"/>
      <xsl:apply-templates select="hv:obstacle" mode="form"/>
      <xsl:apply-templates select="hv:parameters" mode="input"/>
      <div class="toolbar">
        <button class="button primary">
          <xsl:if test="@rel = 'forced' or @rel = 'removal'"><xsl:attribute name="class">button forced</xsl:attribute></xsl:if>
          <xsl:if test="hv:obstacle"><xsl:attribute name="disabled">disabled</xsl:attribute></xsl:if>
          <xsl:apply-templates select="." mode="submit"/>
          <xsl:if test="hv:warning"><xsl:value-of select="concat(' ', /hv:command/hv:object/@name)"/></xsl:if>
        </button>
        <a class="button" href="{/hv:command/hv:object/@href}">Cancel</a>
      </div>
      <xsl:if test="hv:permission">
        <p class="quiet">Needs <xsl:for-each select="hv:permission"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates select="."/></xsl:for-each>.</p>
      </xsl:if>
    </form>
  </xsl:template>
  <xsl:template match="hv:action[hv:method = 'GET']" mode="form" priority="1">
    <form class="form" method="get" action="{@href}">
      <xsl:apply-templates select="hv:obstacle" mode="form"/>
      <xsl:apply-templates select="hv:parameters" mode="input"/>
      <div class="toolbar"><button class="button primary">Read</button></div>
    </form>
  </xsl:template>

  <!-- "This will force off test." -->
  <xsl:template match="hv:warning" mode="form">
    <div class="note danger" role="note">
      <p>
        <strong>
          <xsl:text>This will </xsl:text>
          <xsl:value-of select="translate(substring(../hv:title, 1, 1), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"/>
          <xsl:value-of select="concat(substring(../hv:title, 2), ' ', /hv:command/hv:object/@name)"/>.</strong>
      </p>
      <p><xsl:value-of select="."/></p>
    </div>
  </xsl:template>
  <xsl:template match="hv:obstacle" mode="form">
    <p class="note warning">Not possible now: <xsl:value-of select="."/></p>
  </xsl:template>

  <!-- mode `submit`: the button -->
  <xsl:template match="hv:action" mode="submit"><xsl:value-of select="hv:title"/></xsl:template>
  <xsl:template match="hv:edit/hv:action" mode="submit">Save</xsl:template>

</xsl:stylesheet>
