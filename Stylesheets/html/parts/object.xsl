<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- One object: what it is, what may be done with it, where to go from it, its XML. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:include href="change.xsl"/>

  <xsl:template match="/hv:*" mode="title" priority="-0.25"><xsl:value-of select="@name"/></xsl:template>

  <xsl:template match="/hv:*" mode="object">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1>
        <xsl:apply-templates select="." mode="title"/><xsl:apply-templates select="." mode="of"/>
        <xsl:text> </xsl:text><xsl:apply-templates select="hv:state | hv:active"/>
      </h1>
      <xsl:apply-templates select="hv:title | hv:uri" mode="subtitle"/>
    </div>
    <xsl:apply-templates select="." mode="silence"/>
    <xsl:apply-templates select="hv:collections"/>
    <xsl:apply-templates select="hv:actions" mode="toolbar"/>
    <div class="columns">
      <section class="card" aria-labelledby="summary">
        <h2 id="summary">Summary</h2>
        <dl class="properties">
          <xsl:apply-templates select="hv:*" mode="property"/>
          <xsl:if test="@id and not(hv:uuid)"><div><dt>UUID</dt><dd><code><xsl:value-of select="@id"/></code></dd></div></xsl:if>
        </dl>
      </section>
      <div class="stack">
        <xsl:apply-templates select="hv:node"/>
        <xsl:apply-templates select="hv:actions" mode="configuration"/>
        <xsl:apply-templates select="hv:actions" mode="danger"/>
        <xsl:apply-templates select="hv:actions[not(hv:action or ../hv:stale or ../hv:conflict)]" mode="none"/>
      </div>
    </div>
    <xsl:apply-templates select="hv:actions" mode="all"/>
    <xsl:apply-templates select="hv:links" mode="reading"/>
    <xsl:apply-templates select="hv:result"/>
  </xsl:template>

  <!-- mode `of`: the kind, behind the name; mode `silence`: that its host does not answer -->
  <xsl:template match="/hv:*" mode="of" priority="-0.25"><xsl:text> </xsl:text><span class="of"><xsl:apply-templates select="." mode="kind"/></span></xsl:template>
  <xsl:template match="/hv:vm | /hv:host" mode="of"/>
  <xsl:template match="/hv:*" mode="silence" priority="-0.25"/>
  <xsl:template match="hv:title | hv:uri" mode="subtitle"><p class="title"><xsl:apply-templates select="."/></p></xsl:template>

  <xsl:template match="hv:collections[not(hv:link)]"/>
  <xsl:template match="hv:collections">
    <nav class="filters" aria-label="What belongs to it"><ul><xsl:apply-templates select="hv:link" mode="place"/></ul></nav>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'collection']" mode="place"><li><a href="{@href}"><xsl:apply-templates select="." mode="plural"/></a></li></xsl:template>

  <!-- The summary is the document's own children in their order, but for what is placed elsewhere. -->
  <xsl:template match="hv:link | hv:access | hv:visibility | hv:caller | hv:collections | hv:links | hv:actions | hv:result" mode="property"/>
  <xsl:template match="/hv:*/hv:object" mode="property">
    <div><dt><xsl:apply-templates select="." mode="kind-first"/></dt><dd><a href="{@href}"><xsl:value-of select="@name"/></a></dd></div>
  </xsl:template>

  <xsl:template match="/hv:*/hv:result">
    <section class="result" aria-labelledby="result">
      <div class="heading">
        <h2 id="result"><xsl:apply-templates select=".." mode="kind-first"/> XML</h2>
        <p class="toolbar"><xsl:apply-templates select="../hv:links/hv:link[@rel = 'configuration' or @rel = 'edit']"/></p>
      </div>
      <xsl:apply-templates select="*"/>
    </section>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'configuration']"><a href="{@href}" title="{@name}">As configured, for the next start</a></xsl:template>
  <xsl:template match="hv:link[@rel = 'edit']"><a class="button" href="{@href}" title="{@name}">Edit</a></xsl:template>

  <!-- The properties above meet every child: one that is new to this sheet has no label, and stops the run. -->
  <xsl:template match="/hv:*/hv:*" mode="claim" priority="-0.25"/>

</xsl:stylesheet>
