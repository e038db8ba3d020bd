<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One host. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/host-load.xsl"/>

  <xsl:template match="hv:host" mode="title"><xsl:value-of select="@name"/></xsl:template>

  <xsl:template match="/hv:host">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1><xsl:value-of select="@name"/><xsl:text> </xsl:text><xsl:apply-templates select="hv:state"/></h1>
      <p class="title"><xsl:apply-templates select="hv:uri"/></p>
    </div>
    <xsl:apply-templates select="hv:fault"/>
    <xsl:apply-templates select="hv:actions" mode="toolbar"/>
    <div class="columns">
      <section class="card" aria-labelledby="summary">
        <h2 id="summary">Summary</h2>
        <dl class="properties"><xsl:apply-templates select="hv:*" mode="property"/></dl>
      </section>
      <div class="stack">
        <xsl:apply-templates select="hv:node"/>
        <xsl:apply-templates select="hv:actions" mode="configuration"/>
        <xsl:apply-templates select="hv:actions" mode="danger"/>
      </div>
    </div>
    <xsl:apply-templates select="hv:links" mode="reading"/>
  </xsl:template>

  <xsl:template match="/hv:host/hv:fault">
    <div class="note warning" role="status">
      <p><strong>This host does not answer.</strong><xsl:apply-templates select="../hv:stale" mode="since"/></p>
      <p class="cause"><xsl:apply-templates select="hv:message"/></p>
      <xsl:if test="hv:advice"><p><xsl:apply-templates select="hv:advice"/></p></xsl:if>
    </div>
  </xsl:template>
  <xsl:template match="hv:stale" mode="since"> This is what was known, <xsl:apply-templates select="."/>.</xsl:template>

  <xsl:template match="hv:node">
    <section class="card" aria-labelledby="node">
      <h2 id="node">Hardware</h2>
      <dl class="properties"><xsl:apply-templates select="hv:*" mode="property"/></dl>
    </section>
  </xsl:template>

  <xsl:template match="hv:link | hv:access | hv:uri | hv:state | hv:fault | hv:stale | hv:node | hv:links | hv:actions" mode="property"/>
  <xsl:template match="hv:host/hv:vms" mode="property">
    <div><dt>VMs running</dt><dd><xsl:apply-templates select="." mode="running"/></dd></div>
    <div><dt>vCPUs in use</dt><dd><xsl:apply-templates select="hv:vcpus" mode="load"/></dd></div>
    <div><dt>Memory in use</dt><dd><xsl:apply-templates select="hv:memory" mode="load"/></dd></div>
  </xsl:template>

  <!-- The properties above meet every child: one that is new to this sheet has no label, and stops the run. -->
  <xsl:template match="/hv:host/hv:*" mode="claim"/>

</xsl:stylesheet>
