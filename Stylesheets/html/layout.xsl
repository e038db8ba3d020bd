<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The frame of every page. A page imports this sheet and claims the root element of its document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" xmlns:xhtml="http://www.w3.org/1999/xhtml" exclude-result-prefixes="hv xhtml">

  <xsl:include href="params.xsl"/>
  <xsl:include href="parts/action.xsl"/>
  <xsl:include href="parts/choice.xsl"/>
  <xsl:include href="parts/escape.xsl"/>
  <xsl:include href="parts/fault.xsl"/>
  <xsl:include href="parts/field.xsl"/>
  <xsl:include href="parts/input.xsl"/>
  <xsl:include href="parts/kind.xsl"/>
  <xsl:include href="parts/label.xsl"/>
  <xsl:include href="parts/link.xsl"/>
  <xsl:include href="parts/login.xsl"/>
  <xsl:include href="parts/namespace.xsl"/>
  <xsl:include href="parts/parameter.xsl"/>
  <xsl:include href="parts/property.xsl"/>
  <xsl:include href="parts/source.xsl"/>
  <xsl:include href="parts/state.xsl"/>
  <xsl:include href="parts/time.xsl"/>
  <xsl:include href="parts/unclaimed.xsl"/>
  <xsl:include href="parts/unit.xsl"/>
  <xsl:include href="parts/value.xsl"/>

  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat" indent="no"/>

  <xsl:template match="/">
    <html lang="en">
      <head>
        <title><xsl:apply-templates select="*" mode="title"/> – <xsl:value-of select="$brand"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" type="image/svg+xml" href="{$icon}"/>
        <link rel="stylesheet" href="{$css}"/>
        <xsl:apply-templates select="*/hv:link[@rel = 'alternate']" mode="head"/>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <xsl:apply-templates select="*" mode="masthead"/>
        <xsl:apply-templates select="*/hv:warning" mode="banner"/>
        <main id="main" tabindex="-1">
          <xsl:apply-templates select="*/*" mode="claim"/>
          <xsl:apply-templates select="*"/>
        </main>
        <xsl:apply-templates select="*" mode="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="/*" mode="masthead">
    <header class="masthead">
      <a class="brand" href="/"><img src="{$icon}" alt="" width="24" height="24"/><xsl:value-of select="$brand"/></a>
      <nav aria-label="Main">
        <ul>
          <xsl:call-template name="place"><xsl:with-param name="href">/virt</xsl:with-param><xsl:with-param name="text">VMs</xsl:with-param></xsl:call-template>
          <xsl:call-template name="place"><xsl:with-param name="href">/hosts</xsl:with-param><xsl:with-param name="text">Hosts</xsl:with-param></xsl:call-template>
          <xsl:call-template name="place"><xsl:with-param name="href">/commands</xsl:with-param><xsl:with-param name="text">Commands</xsl:with-param></xsl:call-template>
          <xsl:if test="hv:link[@rel = 'settings']"><xsl:call-template name="place"><xsl:with-param name="href">/settings</xsl:with-param><xsl:with-param name="text">Settings</xsl:with-param></xsl:call-template></xsl:if>
          <xsl:if test="hv:link[@rel = 'audit']"><xsl:call-template name="place"><xsl:with-param name="href">/audit</xsl:with-param><xsl:with-param name="text">Audit</xsl:with-param></xsl:call-template></xsl:if>
        </ul>
      </nav>
      <div class="status">
        <xsl:apply-templates select="hv:caller"/>
        <xsl:apply-templates select="hv:link[@rel = 'login' or @rel = 'logout']" mode="entrance"/>
        <xsl:apply-templates select="hv:access"/>
      </div>
    </header>
  </xsl:template>

  <!-- An entry of the main navigation: `page` where we are, `true` where we are below. -->
  <xsl:template name="place">
    <xsl:param name="href"/>
    <xsl:param name="text"/>
    <xsl:variable name="here" select="substring-before(concat(hv:link[@rel = 'self']/@href, '?'), '?')"/>
    <li>
      <a href="{$href}">
        <xsl:choose>
          <xsl:when test="$here = $href"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:when>
          <xsl:when test="starts-with($here, concat($href, '/'))"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:when>
        </xsl:choose>
        <xsl:value-of select="$text"/>
      </a>
    </li>
  </xsl:template>

  <xsl:template match="hv:caller"><a class="caller" href="{@href}"><span class="hidden">You are </span><xsl:value-of select="."/></a></xsl:template>
  <xsl:template match="hv:access">
    <span class="access" data-access="{.}"><span class="hidden">This server is </span><xsl:value-of select="."/></span>
  </xsl:template>

  <!-- What everyone shall know who sees any page -->
  <xsl:template match="/*/hv:warning" mode="banner">
    <div class="banner" role="alert"><strong>Warning: </strong><xsl:value-of select="."/></div>
  </xsl:template>
  <xsl:template match="/*/hv:warning" mode="property" priority="1"/>

  <xsl:template match="/*" mode="footer">
    <footer>
      <xsl:if test="hv:link[@rel = 'alternate'][not(@name = 'html')]">
        <p>
          <xsl:text>This page as </xsl:text>
          <xsl:apply-templates select="hv:link[@rel = 'alternate'][not(@name = 'html')]"/>
        </p>
      </xsl:if>
    </footer>
  </xsl:template>

  <!-- What every document holds is placed above, or not for people. -->
  <xsl:template match="/*/hv:link | /*/hv:access | /*/hv:visibility | /*/hv:caller | /*/hv:warning | /*/xhtml:script" mode="claim"/>

</xsl:stylesheet>
