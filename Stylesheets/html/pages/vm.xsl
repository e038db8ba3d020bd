<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One VM. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:vm" mode="title"><xsl:value-of select="hv:name"/></xsl:template>

  <xsl:template match="hv:vm">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1><xsl:apply-templates select="hv:name"/><xsl:text> </xsl:text><xsl:apply-templates select="hv:state"/></h1>
      <xsl:if test="hv:title"><p class="title"><xsl:apply-templates select="hv:title"/></p></xsl:if>
    </div>
    <xsl:if test="hv:stale">
      <p class="note warning" role="status">
        <xsl:text>Host </xsl:text><xsl:apply-templates select="hv:host"/>
        <xsl:text> does not answer. This is what was known, </xsl:text><xsl:apply-templates select="hv:stale"/>.
      </p>
    </xsl:if>
    <xsl:apply-templates select="hv:actions" mode="toolbar"/>
    <div class="columns">
      <section class="card" aria-labelledby="summary">
        <h2 id="summary">Summary</h2>
        <dl class="properties"><xsl:apply-templates select="hv:*" mode="property"/></dl>
      </section>
      <div class="stack">
        <xsl:apply-templates select="hv:actions" mode="configuration"/>
        <xsl:apply-templates select="hv:actions" mode="danger"/>
        <xsl:if test="not(hv:actions/hv:action or hv:stale)">
          <p class="note"><xsl:choose>
            <xsl:when test="hv:access = 'read-only'">Nothing can be changed here: this server is read-only.</xsl:when>
            <xsl:otherwise>You may look at this VM, but not change it.</xsl:otherwise>
          </xsl:choose></p>
        </xsl:if>
      </div>
    </div>
    <xsl:apply-templates select="hv:links" mode="reading"/>
    <xsl:apply-templates select="hv:result"/>
  </xsl:template>

  <!-- The summary is the document's own children in their order, but for what is placed elsewhere. -->
  <xsl:template match="hv:link | hv:access | hv:name | hv:title | hv:links | hv:actions | hv:result | hv:stale | hv:maximum-memory" mode="property"/>
  <xsl:template match="hv:vm/hv:state" mode="property">
    <div><dt>State</dt><dd><xsl:apply-templates select="."/><xsl:text> </xsl:text><span class="quiet"><xsl:apply-templates select="../hv:reason"/></span></dd></div>
  </xsl:template>
  <xsl:template match="hv:vm/hv:reason" mode="property"/>
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

  <xsl:template match="hv:vm/hv:result">
    <section class="result" aria-labelledby="result">
      <h2 id="result">Domain XML</h2>
      <xsl:apply-templates select="*"/>
    </section>
  </xsl:template>

  <!-- The properties above meet every child: one that is new to this sheet has no label, and stops the run. -->
  <xsl:template match="hv:vm/hv:*" mode="claim"/>

</xsl:stylesheet>
