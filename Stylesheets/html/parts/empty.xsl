<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Nothing to list: say why, and what to do. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="/hv:*" mode="empty">
    <xsl:variable name="action" select="hv:actions/hv:action[not(hv:obstacle)][1]"/>
    <div class="empty">
      <xsl:choose>
        <xsl:when test="hv:total &gt; 0">
          <p><strong>This page is past the end.</strong></p>
          <p><a class="button" href="{substring-before(concat(@href, '?'), '?')}">Show from the start</a></p>
        </xsl:when>
        <xsl:when test="$action">
          <p><strong>There is no <xsl:apply-templates select="." mode="kind"/> here yet.</strong></p>
          <xsl:apply-templates select="." mode="origin"/>
          <p>Make the first with <a href="{$action/@href}">“<xsl:value-of select="$action/hv:title"/>”</a>.</p>
        </xsl:when>
        <xsl:otherwise>
          <p><strong>There is no <xsl:apply-templates select="." mode="kind"/> here that you may see.</strong></p>
          <xsl:apply-templates select="." mode="origin"/>
          <xsl:if test="hv:access = 'read-only'"><p>This server is read-only: none can be made here.</p></xsl:if>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- mode `origin`: where they come from, unless somebody makes them -->
  <xsl:template match="/hv:*" mode="origin" priority="-0.25"/>
  <xsl:template match="/hv:ports" mode="origin"><p>A port appears when a VM with an interface in this network starts.</p></xsl:template>
  <xsl:template match="/hv:volumes" mode="origin"><p>A pool shows its volumes while it is active.</p></xsl:template>
  <xsl:template match="/hv:interfaces" mode="origin"><p>They are the host's own network interfaces; not every driver tells of them.</p></xsl:template>
  <xsl:template match="/hv:devices" mode="origin"><p>They are the host's hardware; not every driver tells of it.</p></xsl:template>
  <xsl:template match="/hv:bindings" mode="origin"><p>A binding appears when a VM starts whose interface has a filter.</p></xsl:template>

</xsl:stylesheet>
