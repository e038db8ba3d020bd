<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The reference: all commands, those that a search finds, the functions that are missing, or one command. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/missing.xsl"/>
  <xsl:include href="../parts/reference.xsl"/>

  <xsl:key name="object" match="hv:commands/hv:command" use="hv:object/@rel"/>

  <xsl:template match="hv:commands" mode="title">Commands</xsl:template>
  <xsl:template match="hv:commands[hv:command/hv:parameters]" mode="title"><xsl:value-of select="hv:command/@name"/></xsl:template>

  <xsl:template match="hv:commands">
    <xsl:variable name="first" select="hv:command[generate-id() = generate-id(key('object', hv:object/@rel))]"/>
    <div class="heading">
      <h1>Commands</h1>
      <p class="title">
        <xsl:text>What this server speaks of libvirt: </xsl:text><xsl:apply-templates select="hv:offered"/>
        <xsl:text> of </xsl:text><xsl:apply-templates select="hv:functions"/><xsl:text> functions. Add one to the address of its object to run it.</xsl:text>
        <xsl:apply-templates select="hv:link[@rel = 'missing']"/>
      </p>
    </div>
    <xsl:apply-templates select="hv:query"/>
    <xsl:if test="$first[2]">
      <nav class="filters" aria-label="Objects"><ul><xsl:apply-templates select="$first" mode="place"/></ul></nav>
    </xsl:if>
    <xsl:apply-templates select="$first" mode="group"/>
    <xsl:if test="not($first)"><xsl:apply-templates select="." mode="empty"/></xsl:if>
  </xsl:template>

  <xsl:template match="hv:offered | hv:functions"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:link[@rel = 'missing']"><xsl:text> </xsl:text><a href="{@href}">What is missing, and why</a></xsl:template>

  <!-- The search -->
  <xsl:template match="hv:query">
    <form class="search" role="search" method="get" action="/commands">
      <xsl:apply-templates select="hv:missing"/>
      <label for="q" class="hidden">Search</label>
      <input type="search" id="q" name="q" value="{hv:q}" placeholder="Name, what it does …" autocomplete="off"/>
      <button class="button">Search</button>
      <xsl:if test="hv:q"><a class="quiet" href="/commands{substring('?missing', 1, 8 * boolean(hv:missing))}">Show all</a></xsl:if>
    </form>
    <xsl:if test="hv:q and ../hv:total &gt; 0"><p class="quiet"><xsl:value-of select="../hv:total"/> found.</p></xsl:if>
  </xsl:template>
  <xsl:template match="hv:missing"><input type="hidden" name="missing" value=""/></xsl:template>
  <xsl:template match="hv:commands" mode="empty">
    <div class="empty"><p><strong>None matches this search.</strong></p></div>
  </xsl:template>

  <xsl:template match="hv:command" mode="place">
    <li><a href="#{hv:object/@rel}"><xsl:apply-templates select="hv:object" mode="kind"/><xsl:text> </xsl:text><span class="count"><xsl:value-of select="count(key('object', hv:object/@rel))"/></span></a></li>
  </xsl:template>

  <!-- The first command of its kind of object stands for all. -->
  <xsl:template match="hv:command" mode="group">
    <section aria-labelledby="{hv:object/@rel}">
      <h2 id="{hv:object/@rel}">Of <xsl:apply-templates select="hv:object" mode="article"/></h2>
      <table class="reference">
        <thead><tr><th scope="col">Command</th><th scope="col">What it does</th><th scope="col">Method</th></tr></thead>
        <tbody><xsl:apply-templates select="key('object', hv:object/@rel)" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="hv:command" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><a href="{@href}"><code><xsl:value-of select="@name"/></code></a></th>
      <td class="summary"><xsl:apply-templates select="hv:summary"/></td>
      <td class="method"><xsl:apply-templates select="hv:method"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="hv:commands/hv:command | hv:commands/hv:query | hv:commands/hv:total | hv:commands/hv:offered | hv:commands/hv:functions" mode="claim"/>

</xsl:stylesheet>
