<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One host. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/host-load.xsl"/>
  <xsl:include href="../parts/object.xsl"/>

  <xsl:template match="/hv:host"><xsl:apply-templates select="." mode="object"/></xsl:template>

  <xsl:template match="/hv:host[hv:title]" mode="title"><xsl:value-of select="hv:title"/></xsl:template>
  <!-- a title stands in the heading, and the name beside the URI -->
  <xsl:template match="hv:host/hv:title" mode="subtitle"/>
  <xsl:template match="hv:host[hv:title]/hv:uri" mode="subtitle">
    <p class="title"><xsl:value-of select="../@name"/> · <xsl:apply-templates select="."/></p>
  </xsl:template>

  <xsl:template match="/hv:host[hv:fault]" mode="silence">
    <div class="note warning" role="status">
      <p><strong>This host does not answer.</strong><xsl:apply-templates select="hv:stale" mode="since"/></p>
      <p class="cause"><xsl:apply-templates select="hv:fault/hv:message"/></p>
      <xsl:if test="hv:fault/hv:advice"><p><xsl:apply-templates select="hv:fault/hv:advice"/></p></xsl:if>
    </div>
  </xsl:template>
  <xsl:template match="hv:stale" mode="since"> This is how it was <xsl:apply-templates select="." mode="age"/> ago.</xsl:template>

  <xsl:template match="hv:node">
    <section class="card" aria-labelledby="node">
      <h2 id="node">Hardware</h2>
      <dl class="properties"><xsl:apply-templates select="hv:*" mode="property"/></dl>
    </section>
  </xsl:template>

  <xsl:template match="hv:host/hv:pool"><a href="/settings"><xsl:value-of select="."/></a></xsl:template>
  <xsl:template match="hv:host/hv:uri | hv:host/hv:title | hv:host/hv:state | hv:host/hv:fault | hv:host/hv:stale | hv:host/hv:node" mode="property"/>
  <xsl:template match="hv:host/hv:vms" mode="property">
    <div><dt>VMs running</dt><dd><xsl:apply-templates select="." mode="running"/></dd></div>
    <div><dt>vCPUs in use</dt><dd><xsl:apply-templates select="hv:vcpus" mode="load"/></dd></div>
    <div><dt>Memory in use</dt><dd><xsl:apply-templates select="hv:memory" mode="load"/></dd></div>
  </xsl:template>

</xsl:stylesheet>
