<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Links, by their rel. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:link[@rel = 'alternate']" mode="head">
    <link rel="alternate" href="{@href}">
      <xsl:attribute name="type"><xsl:apply-templates select="." mode="type"/></xsl:attribute>
    </link>
  </xsl:template>
  <xsl:template match="hv:link" mode="type">application/xml</xsl:template>
  <xsl:template match="hv:link[@name = 'html']" mode="type">text/html</xsl:template>
  <xsl:template match="hv:link[@name = 'json']" mode="type">application/json</xsl:template>
  <xsl:template match="hv:link[@name = 'csv']" mode="type">text/csv</xsl:template>

  <xsl:template match="hv:link[@rel = 'alternate']">
    <xsl:if test="position() &gt; 1"> · </xsl:if>
    <a href="{@href}"><xsl:value-of select="translate(@name, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"/></a>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'alternate'][@name = 'raw']">
    <xsl:if test="position() &gt; 1"> · </xsl:if>
    <a href="{@href}" title="XML that the browser itself transforms">raw</a>
  </xsl:template>

  <xsl:template match="hv:link[@rel = 'command']" mode="item">
    <li>
      <a href="{@href}"><code><xsl:value-of select="@name"/></code></a>
      <xsl:text> </xsl:text>
      <span class="quiet"><xsl:value-of select="."/></span>
    </li>
  </xsl:template>

  <!-- The way up, named after where it leads. -->
  <xsl:template match="hv:link[@rel = 'up']">
    <nav class="up" aria-label="Up"><a href="{@href}"><xsl:apply-templates select="." mode="title"/></a></nav>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'up']" mode="title"><xsl:value-of select="@href"/></xsl:template>
  <xsl:template match="hv:link[@rel = 'up'][@href = '/virt']" mode="title">All VMs</xsl:template>
  <xsl:template match="hv:link[@rel = 'up'][@href = '/hosts']" mode="title">All hosts</xsl:template>
  <xsl:template match="hv:link[@rel = 'up'][@href = '/commands']" mode="title">All commands</xsl:template>
  <xsl:template match="hv:vm/hv:link[@rel = 'up'][@href = ../hv:owner/@href]" mode="title">VMs of <xsl:value-of select="../hv:owner"/></xsl:template>
  <xsl:template match="hv:vm/hv:link[@rel = 'up'][@href = ../hv:host/@href]" mode="title">Host <xsl:value-of select="../hv:host/@name"/></xsl:template>
  <xsl:template match="hv:vms/hv:link[@rel = 'up'][@href = ../hv:vm/hv:owner/@href]" mode="title">VMs of <xsl:value-of select="../hv:vm/hv:owner"/></xsl:template>
  <xsl:template match="hv:link[@rel = 'up'][../hv:object]" mode="title" priority="1">
    <xsl:apply-templates select=".." mode="plural"/> of <xsl:value-of select="../hv:object/@name"/>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'up'][@href = ../hv:object/@href] | hv:command/hv:link[@rel = 'up']" mode="title" priority="2">
    <xsl:apply-templates select="../hv:object" mode="kind-first"/><xsl:text> </xsl:text>
    <xsl:value-of select="../hv:object/@name"/>
  </xsl:template>

  <xsl:template match="hv:owner"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:owner[@href]"><a href="{@href}"><xsl:value-of select="."/></a></xsl:template>
  <xsl:template match="hv:host"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:template>
  <xsl:template match="hv:object">
    <a href="{@href}"><xsl:value-of select="@name"/><xsl:if test="@name = ''"><xsl:value-of select="@href"/></xsl:if></a>
    <xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="@rel"/></span>
  </xsl:template>

</xsl:stylesheet>
