<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A command: its form, and what it returned. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/form.xsl"/>

  <xsl:template match="hv:command" mode="title"><xsl:value-of select="concat(hv:title, ' – ', hv:object/@name)"/></xsl:template>

  <xsl:template match="hv:command">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1>
        <xsl:value-of select="hv:title"/><xsl:text> </xsl:text>
        <span class="of"><xsl:value-of select="hv:object/@name"/></span>
      </h1>
      <p class="title">
        <xsl:apply-templates select="hv:summary"/><xsl:text> </xsl:text>
        <xsl:apply-templates select="@name" mode="reference"/>
      </p>
    </div>
    <xsl:apply-templates select="hv:edit"/>
    <xsl:apply-templates select="hv:result"/>
    <xsl:apply-templates select="hv:action"/>
  </xsl:template>

  <!-- libvirt's functions are in the reference; changing the owner is none of them. -->
  <xsl:template match="hv:command/@name" mode="reference"><a class="quiet" href="/commands/{.}"><code><xsl:value-of select="."/></code></a></xsl:template>
  <xsl:template match="hv:command/@name[. = 'owner']" mode="reference"/>

  <!-- Not yet run: the form. -->
  <xsl:template match="hv:command/hv:action"><xsl:apply-templates select="." mode="form"/></xsl:template>
  <!-- Run: the form stays at hand; a reading command without parameters needs none. -->
  <xsl:template match="hv:command[hv:outcome]/hv:action" priority="1">
    <details class="card">
      <summary><h2>Run it again</h2></summary>
      <xsl:apply-templates select="." mode="form"/>
    </details>
    <p><a class="button" href="{../hv:object/@href}">Back to <xsl:value-of select="../hv:object/@name"/></a></p>
  </xsl:template>
  <xsl:template match="hv:command[hv:outcome]/hv:action[hv:method = 'GET'][not(hv:parameters/hv:parameter)]" priority="2"/>
  <xsl:template match="hv:command[hv:outcome]/hv:action[hv:method = 'GET'][hv:parameters/hv:parameter]" priority="2">
    <details class="card">
      <summary><h2>Parameters</h2></summary>
      <xsl:apply-templates select="." mode="form"/>
    </details>
  </xsl:template>

  <!-- The XML that was read may be edited at once. -->
  <xsl:template match="hv:command/hv:edit">
    <details class="card">
      <summary><h2>Edit and save</h2></summary>
      <xsl:apply-templates select="hv:action" mode="form"/>
    </details>
  </xsl:template>

  <xsl:template match="hv:command/hv:title | hv:command/hv:summary | hv:command/hv:object | hv:command/hv:action | hv:command/hv:outcome | hv:command/hv:result
                       | hv:command/hv:edit" mode="claim"/>

</xsl:stylesheet>
