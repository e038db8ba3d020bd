<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The state of a VM or a host: a word, and a mark whose shape differs too. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:state"><span class="state" data-state="{.}"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:state[@name]"><span class="state" data-state="{.}" title="{@name}"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:state[@name][. = 'shutdown']" priority="1"><span class="state" data-state="shutdown" title="{@name}">shutting down</span></xsl:template>
  <xsl:template match="hv:state[@name][. = 'shutoff']" priority="1"><span class="state" data-state="shutoff" title="{@name}">shut off</span></xsl:template>
  <xsl:template match="hv:state[@name][. = 'pmsuspended']" priority="1"><span class="state" data-state="pmsuspended" title="{@name}">asleep</span></xsl:template>
  <xsl:template match="hv:snapshot/hv:state[. = 'shutoff']" priority="1"><span class="state" data-state="shutoff">shut off</span></xsl:template>

  <xsl:template match="hv:reason"><xsl:value-of select="."/></xsl:template>

  <!-- How old a reading is; mode `age`: in a sentence that says it -->
  <xsl:template match="hv:stale" priority="1">
    <span class="stale" title="The host has not answered since then.">as it was <xsl:apply-templates select="." mode="age"/> ago</span>
  </xsl:template>
  <xsl:template match="hv:stale | hv:gone" mode="age"><data value="{.}" title="{.} s"><xsl:apply-templates select="." mode="quantity"/></data></xsl:template>

  <!-- Other copies of a VM. Mode `copies`: in a row -->
  <xsl:template match="hv:also"><xsl:for-each select="hv:host"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:apply-templates select="."/></xsl:for-each></xsl:template>
  <xsl:template match="hv:also" mode="copies"><span class="title">also on <xsl:apply-templates select="."/></span></xsl:template>

  <!-- Two copies run. Mode `badge`: in a row -->
  <xsl:template match="hv:conflict | hv:dispute"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:dispute" mode="badge">
    <xsl:text> </xsl:text><span class="conflict" title="{.}">in dispute<span class="hidden">: <xsl:value-of select="."/></span></span>
  </xsl:template>
  <xsl:template match="hv:conflict" mode="badge">
    <xsl:text> </xsl:text><span class="conflict" title="{.}">conflict<span class="hidden">: <xsl:value-of select="."/></span></span>
  </xsl:template>

</xsl:stylesheet>
