<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What changes an object: the card beside its summary, and everything. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- A dozen, what is possible first. The rest is in "All commands". -->
  <xsl:template match="hv:actions" mode="configuration">
    <xsl:variable name="all" select="hv:action[@rel = 'configuration']"/>
    <xsl:variable name="now" select="$all[not(hv:obstacle)]"/>
    <xsl:if test="$all">
      <section class="card" aria-labelledby="configuration">
        <h2 id="configuration">Change</h2>
        <ul class="items">
          <xsl:apply-templates select="$now[position() &lt;= 12]" mode="change"/>
          <xsl:apply-templates select="$all[hv:obstacle][position() &lt;= 12 - count($now)]" mode="change"/>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="hv:action" mode="change"><xsl:apply-templates select="." mode="item"/></xsl:template>
  <!-- What takes a value or two is set here. -->
  <xsl:template match="hv:action[not(hv:obstacle or hv:warning)]
                       [@name = 'virDomainSetMemory' or @name = 'virDomainSetVcpus' or substring(@name, string-length(@name) - 11) = 'SetAutostart']
                       [hv:parameters/hv:parameter][not(hv:parameters/hv:parameter[3] or hv:parameters/hv:parameter/hv:type = 'xml')]" mode="change">
    <li class="inline">
      <a href="{@href}" title="{@name}"><xsl:value-of select="hv:title"/></a>
      <form method="post" action="{@href}">
        <xsl:apply-templates select="hv:parameters/hv:parameter[not(hv:type = 'flags')]" mode="inline"/>
        <button class="button">Set<span class="hidden"><xsl:value-of select="concat(' ', hv:title)"/></span></button>
      </form>
    </li>
  </xsl:template>
  <xsl:template match="hv:parameter" mode="inline">
    <label class="hidden"><xsl:attribute name="for"><xsl:apply-templates select="." mode="id"/></xsl:attribute><xsl:value-of select="@name"/></label>
    <xsl:apply-templates select="hv:type" mode="input"/>
    <xsl:if test="@unit and not(@unit = 'none')"><span class="quiet"><xsl:value-of select="@unit"/></span></xsl:if>
  </xsl:template>

  <!-- mode `all`: a line each, where the card above does not hold them -->
  <xsl:template match="hv:actions" mode="all">
    <xsl:variable name="all" select="hv:action[not(@rel = 'reading')]"/>
    <xsl:if test="hv:action[@rel = 'configuration'][13]">
      <details class="card">
        <summary><h2>All commands <span class="quiet"><xsl:value-of select="count($all)"/> that change something</span></h2></summary>
        <ul class="commands compact"><xsl:apply-templates select="$all" mode="line"/></ul>
      </details>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:action" mode="line">
    <li>
      <a href="{@href}"><code><xsl:value-of select="@name"/></code></a><xsl:text> </xsl:text>
      <span class="quiet"><xsl:value-of select="hv:title"/></span>
      <xsl:apply-templates select="hv:obstacle"/>
    </li>
  </xsl:template>

  <!-- mode `none`: why there is nothing to do -->
  <xsl:template match="hv:actions" mode="none">
    <p class="note">
      <xsl:choose>
        <xsl:when test="../hv:access = 'read-only'">Nothing can be changed here: this server is read-only.</xsl:when>
        <xsl:otherwise>You may look at this <xsl:apply-templates select=".." mode="kind"/>, but not change it.</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:template>

</xsl:stylesheet>
