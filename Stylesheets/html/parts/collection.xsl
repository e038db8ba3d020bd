<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A list of objects: its columns are their fields. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:include href="empty.xsl"/>
  <xsl:include href="pages.xsl"/>

  <xsl:variable name="rows" select="/*/hv:*[@name and @href][not(self::hv:link or self::hv:object)]"/>

  <xsl:template match="/hv:*" mode="title">
    <xsl:apply-templates select="." mode="plural"/> of <xsl:value-of select="hv:object/@name"/>
  </xsl:template>

  <xsl:template match="/hv:*" mode="collection">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1>
        <xsl:apply-templates select="." mode="plural"/><xsl:text> </xsl:text>
        <span class="of"><xsl:value-of select="hv:object/@name"/></span>
      </h1>
      <xsl:if test="hv:actions/hv:action">
        <div class="toolbar" role="group" aria-label="Actions"><xsl:apply-templates select="hv:actions/hv:action" mode="button"/></div>
      </xsl:if>
      <xsl:if test="$rows"><p class="title"><xsl:apply-templates select="hv:total" mode="count"/></p></xsl:if>
    </div>
    <xsl:apply-templates select="." mode="table"/>
    <xsl:apply-templates select="." mode="pages"/>
  </xsl:template>

  <xsl:template match="hv:total" mode="count">
    <xsl:value-of select="."/> in all<xsl:if test=". &gt; count($rows)">, <xsl:value-of select="count($rows)"/> on this page</xsl:if>
  </xsl:template>

  <xsl:template match="/hv:*" mode="table">
    <xsl:choose>
      <xsl:when test="$rows">
        <table class="collection">
          <caption class="hidden"><xsl:apply-templates select="." mode="title"/>, <xsl:value-of select="hv:total"/> in all</caption>
          <thead><tr><th scope="col" class="name">Name</th><xsl:apply-templates select="$rows[1]/hv:*" mode="heading"/></tr></thead>
          <tbody><xsl:apply-templates select="$rows" mode="row"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="empty"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="/hv:*/hv:*/hv:*" mode="heading"><th scope="col" class="{local-name()}"><xsl:apply-templates select="." mode="label"/></th></xsl:template>

  <xsl:template match="/hv:*/hv:*[@name and @href]" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><a href="{@href}"><xsl:value-of select="@name"/><xsl:if test="@name = ''"><xsl:value-of select="@href"/></xsl:if></a></th>
      <xsl:apply-templates select="hv:*" mode="cell"/>
    </tr>
  </xsl:template>

  <xsl:template match="/hv:*/hv:object | /hv:*/hv:query | /hv:*/hv:total | /hv:*/hv:actions" mode="claim"/>

</xsl:stylesheet>
