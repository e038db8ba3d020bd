<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A command: its form, and what it returned. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:command" mode="title"><xsl:value-of select="concat(hv:title, ' – ', hv:object/@name)"/></xsl:template>

  <xsl:template match="hv:command">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1>
        <xsl:value-of select="hv:title"/><xsl:text> </xsl:text>
        <span class="of"><xsl:value-of select="hv:object/@name"/></span>
      </h1>
      <p class="title">
        <xsl:apply-templates select="hv:summary"/><xsl:text> </xsl:text>
        <a class="quiet" href="/commands/{@name}"><code><xsl:value-of select="@name"/></code></a>
      </p>
    </div>
    <xsl:apply-templates select="hv:result"/>
    <xsl:apply-templates select="hv:action"/>
  </xsl:template>

  <!-- Not yet run: the form. -->
  <xsl:template match="hv:command/hv:action"><xsl:apply-templates select="." mode="form"/></xsl:template>
  <!-- Run: the form stays at hand; a reading command without parameters needs none. -->
  <xsl:template match="hv:command[hv:outcome]/hv:action" priority="1">
    <details class="card">
      <summary><h2>Run it again</h2></summary>
      <xsl:apply-templates select="." mode="form"/>
    </details>
    <p><a class="button" href="{../hv:object/@href}">Back to <xsl:value-of select="../hv:object/@name"/></a></p>
  </xsl:template>
  <xsl:template match="hv:command[hv:outcome]/hv:action[hv:method = 'GET'][not(hv:parameters/hv:parameter)]" priority="2"/>
  <xsl:template match="hv:command[hv:outcome]/hv:action[hv:method = 'GET'][hv:parameters/hv:parameter]" priority="2">
    <details class="card">
      <summary><h2>Parameters</h2></summary>
      <xsl:apply-templates select="." mode="form"/>
    </details>
  </xsl:template>

  <xsl:template match="hv:action" mode="form">
    <form class="form" method="post" action="{@href}">
      <xsl:apply-templates select="hv:warning" mode="form"/>
      <xsl:apply-templates select="hv:obstacle" mode="form"/>
      <xsl:apply-templates select="hv:parameters/hv:parameter" mode="input"/>
      <div class="toolbar">
        <button class="button primary">
          <xsl:if test="@rel = 'forced' or @rel = 'removal'"><xsl:attribute name="class">button forced</xsl:attribute></xsl:if>
          <xsl:if test="hv:obstacle"><xsl:attribute name="disabled">disabled</xsl:attribute></xsl:if>
          <xsl:value-of select="hv:title"/>
          <xsl:if test="hv:warning"><xsl:value-of select="concat(' ', ../hv:object/@name)"/></xsl:if>
        </button>
        <a class="button" href="{../hv:object/@href}">Cancel</a>
      </div>
      <xsl:if test="hv:permission">
        <p class="quiet">Needs <xsl:for-each select="hv:permission"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates select="."/></xsl:for-each>.</p>
      </xsl:if>
    </form>
  </xsl:template>
  <xsl:template match="hv:action[hv:method = 'GET']" mode="form" priority="1">
    <form class="form" method="get" action="{@href}">
      <xsl:apply-templates select="hv:obstacle" mode="form"/>
      <xsl:apply-templates select="hv:parameters/hv:parameter" mode="input"/>
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
          <xsl:value-of select="concat(substring(../hv:title, 2), ' ', ../../hv:object/@name)"/>.</strong>
      </p>
      <p><xsl:value-of select="."/></p>
    </div>
  </xsl:template>
  <xsl:template match="hv:obstacle" mode="form">
    <p class="note warning">Not possible now: <xsl:value-of select="."/></p>
  </xsl:template>

  <xsl:template match="hv:command/hv:title | hv:command/hv:summary | hv:command/hv:object | hv:command/hv:action | hv:command/hv:outcome | hv:command/hv:result" mode="claim"/>

</xsl:stylesheet>
