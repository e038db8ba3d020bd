<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What may be done: as a button, as an entry of a list, as a form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- mode `button`: one click; where something must be filled in or confirmed, the way to the form -->
  <xsl:template match="hv:action" mode="button">
    <form method="post" action="{@href}">
      <button class="button {@rel}" title="{@name}"><xsl:apply-templates select="." mode="title"/></button>
    </form>
  </xsl:template>
  <xsl:template match="hv:action[hv:warning or hv:method = 'GET' or hv:parameters/hv:parameter/hv:required = 'true'] | hv:actions/hv:action[not(hv:parameters)]"
                mode="button" priority="1">
    <a class="button {@rel}" href="{@href}" title="{@name}"><xsl:apply-templates select="." mode="title"/>…</a>
  </xsl:template>
  <xsl:template match="hv:action[hv:obstacle]" mode="button" priority="2">
    <button type="button" class="button {@rel}" disabled="disabled" title="{hv:obstacle}">
      <xsl:apply-templates select="." mode="title"/>
      <span class="hidden"> (not now: <xsl:value-of select="hv:obstacle"/>)</span>
    </button>
  </xsl:template>

  <!-- mode `title`: in a row also of what, for those who cannot see the row -->
  <xsl:template match="hv:action" mode="title"><xsl:value-of select="hv:title"/></xsl:template>
  <xsl:template match="hv:vm/hv:action" mode="title">
    <xsl:value-of select="hv:title"/>
    <span class="hidden"><xsl:value-of select="concat(' ', ../hv:name)"/></span>
  </xsl:template>

  <!-- mode `item`: a line of a list, which leads to the form -->
  <xsl:template match="hv:action" mode="item">
    <li><a href="{@href}" title="{@name}"><xsl:value-of select="hv:title"/></a></li>
  </xsl:template>
  <xsl:template match="hv:action[hv:obstacle]" mode="item" priority="1">
    <li><span class="quiet" title="{@name}"><xsl:value-of select="hv:title"/></span><xsl:apply-templates select="hv:obstacle"/></li>
  </xsl:template>
  <xsl:template match="hv:action[@rel = 'forced' or @rel = 'removal']" mode="item" priority="2">
    <li>
      <a class="button {@rel}" href="{@href}" title="{@name}"><xsl:value-of select="hv:title"/>…</a>
      <xsl:apply-templates select="hv:warning"/>
    </li>
  </xsl:template>
  <xsl:template match="hv:action[hv:obstacle][@rel = 'forced' or @rel = 'removal']" mode="item" priority="3">
    <li>
      <button type="button" class="button {@rel}" disabled="disabled" title="{@name}"><xsl:value-of select="hv:title"/></button>
      <xsl:apply-templates select="hv:obstacle"/>
    </li>
  </xsl:template>
  <xsl:template match="hv:action/hv:obstacle"><span class="obstacle"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:action/hv:warning"><span class="obstacle"><xsl:value-of select="."/></span></xsl:template>

  <!-- The groups of actions of an object -->
  <xsl:template match="hv:actions" mode="toolbar">
    <xsl:variable name="now" select="hv:action[@rel = 'primary'][not(hv:obstacle)]"/>
    <xsl:if test="hv:action[@rel = 'primary' or @rel = 'secondary']">
      <div class="toolbar" role="group" aria-label="Actions">
        <xsl:apply-templates select="$now" mode="button"/>
        <xsl:apply-templates select="hv:action[@rel = 'secondary'][not(hv:obstacle)]" mode="button"/>
        <xsl:apply-templates select="hv:action[@rel = 'primary' or @rel = 'secondary'][hv:obstacle]" mode="button"/>
      </div>
      <xsl:if test="hv:action[@rel = 'primary' or @rel = 'secondary'][hv:parameters/hv:parameter or hv:obstacle]">
        <details class="options">
          <summary>With options, and what is not possible now</summary>
          <ul><xsl:apply-templates select="hv:action[@rel = 'primary' or @rel = 'secondary'][hv:parameters/hv:parameter or hv:obstacle]" mode="option"/></ul>
        </details>
      </xsl:if>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:action" mode="option"><li><a href="{@href}"><xsl:value-of select="hv:title"/> with options…</a></li></xsl:template>
  <xsl:template match="hv:action[hv:obstacle]" mode="option"><xsl:apply-templates select="." mode="item"/></xsl:template>

  <xsl:template match="hv:actions" mode="danger">
    <xsl:if test="hv:action[@rel = 'forced' or @rel = 'removal']">
      <section class="card danger" aria-labelledby="danger">
        <h2 id="danger">Danger</h2>
        <ul><xsl:apply-templates select="hv:action[@rel = 'forced' or @rel = 'removal']" mode="item"/></ul>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Everything that can be read: the links, and what must be posted though it only reads -->
  <xsl:template match="hv:links" mode="reading">
    <xsl:variable name="all" select="hv:link[@rel = 'command'] | ../hv:actions/hv:action[@rel = 'reading']"/>
    <xsl:if test="$all">
      <details class="card reading">
        <summary><h2>Read more <span class="quiet"><xsl:value-of select="count($all)"/> command<xsl:if test="$all[2]">s</xsl:if></span></h2></summary>
        <ul class="commands"><xsl:apply-templates select="$all" mode="item"/></ul>
      </details>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
