<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Whether the server is ready, and how many of its hosts answer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:health" mode="title">Health</xsl:template>

  <xsl:template match="/hv:health">
    <div class="heading"><h1>Health</h1></div>
    <section class="card" aria-labelledby="server">
      <h2 id="server">This server</h2>
      <dl class="properties"><xsl:apply-templates select="hv:ready | hv:hosts" mode="property"/></dl>
    </section>
  </xsl:template>

  <xsl:template match="hv:health/hv:ready" mode="property">
    <div><dt>State</dt><dd><xsl:apply-templates select="."/></dd></div>
  </xsl:template>
  <xsl:template match="hv:health/hv:hosts" mode="property">
    <div>
      <dt>Hosts that answer</dt>
      <dd><a href="/hosts"><xsl:value-of select="hv:answering"/> of <xsl:value-of select="hv:total"/></a></dd>
    </div>
  </xsl:template>

  <xsl:template match="hv:ready">
    <span class="state" data-state="starting">starting</span>
    <xsl:text> </xsl:text><span class="quiet">not every host has been tried yet</span>
  </xsl:template>
  <xsl:template match="hv:ready[. = 'true']"><span class="state" data-state="active">ready</span></xsl:template>

  <xsl:template match="hv:health/hv:ready | hv:health/hv:hosts" mode="claim"/>

</xsl:stylesheet>
