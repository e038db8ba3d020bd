<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Above the list: the search, and the states as filters. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:query">
    <form class="search" role="search" method="get" action="{$path}">
      <xsl:apply-templates select="hv:state | hv:host | hv:sort | hv:max | hv:usage"/>
      <label for="q" class="hidden">Search VMs</label>
      <input type="search" id="q" name="q" value="{hv:q}" placeholder="Name, title, tag, owner …" autocomplete="off"/>
      <button class="button">Search</button>
      <xsl:if test="hv:q or hv:state or hv:host"><a class="quiet" href="{$path}">Show all</a></xsl:if>
      <xsl:apply-templates select="../hv:link[@rel = 'usage']"/>
    </form>
    <xsl:if test="hv:host"><p class="quiet">Only VMs of host <strong><xsl:value-of select="hv:host"/></strong>.</p></xsl:if>
  </xsl:template>
  <!-- A new search starts at the first page, hence no `from`. -->
  <xsl:template match="hv:query/hv:*"><input type="hidden" name="{local-name()}" value="{.}"/></xsl:template>

  <xsl:template match="hv:link[@rel = 'usage']"><a class="quiet" href="{@href}">Show usage</a></xsl:template>
  <xsl:template match="hv:link[@rel = 'usage'][../hv:query/hv:usage]"><a class="quiet" href="{@href}">Hide usage</a></xsl:template>

  <xsl:template match="hv:filters">
    <nav class="filters" aria-label="Filter by state">
      <ul><xsl:apply-templates select="hv:filter"/></ul>
    </nav>
  </xsl:template>
  <!-- States that no VM is in are left out. -->
  <xsl:template match="hv:filter">
    <xsl:variable name="asked" select="/hv:vms/hv:query/hv:state"/>
    <xsl:variable name="current" select="@name = $asked or @name = 'all' and not($asked)"/>
    <xsl:if test="$current or @name = 'all' or . &gt; 0">
      <li>
        <a href="{@href}" data-state="{@name}">
          <xsl:if test="$current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
          <xsl:apply-templates select="." mode="title"/>
          <xsl:text> </xsl:text><span class="count"><xsl:value-of select="."/></span>
        </a>
      </li>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:filter" mode="title"><xsl:value-of select="@name"/></xsl:template>
  <xsl:template match="hv:filter[@name = 'shutdown']" mode="title">shutting down</xsl:template>
  <xsl:template match="hv:filter[@name = 'shutoff']" mode="title">shut off</xsl:template>
  <xsl:template match="hv:filter[@name = 'pmsuspended']" mode="title">asleep</xsl:template>

</xsl:stylesheet>
