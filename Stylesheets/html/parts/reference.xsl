<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The reference page of one command. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:commands[hv:command/hv:parameters]">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <xsl:apply-templates select="hv:command"/>
  </xsl:template>

  <xsl:template match="hv:commands/hv:command">
    <div class="heading">
      <h1><xsl:value-of select="@name"/></h1>
      <p class="title"><xsl:apply-templates select="hv:summary"/></p>
    </div>
    <section class="card" aria-labelledby="call">
      <h2 id="call">Call</h2>
      <dl class="properties"><xsl:apply-templates select="hv:*" mode="property"/></dl>
    </section>
    <xsl:apply-templates select="hv:documentation" mode="section"/>
    <section aria-labelledby="parameters">
      <h2 id="parameters">Parameters</h2>
      <xsl:apply-templates select="hv:parameters"/>
    </section>
    <xsl:apply-templates select="hv:example" mode="section"/>
  </xsl:template>

  <xsl:template match="hv:summary | hv:parameters | hv:documentation | hv:example | hv:returns[. = '']" mode="property"/>
  <xsl:template match="hv:title" mode="label">Button</xsl:template>
  <xsl:template match="hv:commands/hv:command/hv:object"><xsl:apply-templates select="." mode="kind"/></xsl:template>
  <xsl:template match="hv:returns"><span class="prose"><xsl:value-of select="."/></span></xsl:template>

  <xsl:template match="hv:documentation[. = ''] | hv:example[. = '']" mode="section" priority="1"/>
  <xsl:template match="hv:documentation" mode="section">
    <section class="card text" aria-labelledby="documentation">
      <h2 id="documentation">What it does</h2>
      <xsl:call-template name="paragraphs"><xsl:with-param name="text" select="string(.)"/></xsl:call-template>
    </section>
  </xsl:template>
  <!-- Empty lines part them. -->
  <xsl:template name="paragraphs">
    <xsl:param name="text"/>
    <xsl:variable name="first" select="substring-before(concat($text, '&#10;&#10;'), '&#10;&#10;')"/>
    <xsl:if test="normalize-space($first)"><p class="prose"><xsl:value-of select="$first"/></p></xsl:if>
    <xsl:if test="contains($text, '&#10;&#10;')">
      <xsl:call-template name="paragraphs"><xsl:with-param name="text" select="substring-after($text, '&#10;&#10;')"/></xsl:call-template>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:example" mode="section">
    <section aria-labelledby="example">
      <h2 id="example">Example</h2>
      <pre class="source" tabindex="0" role="region" aria-label="Command line"><code><xsl:value-of select="."/></code></pre>
    </section>
  </xsl:template>
  <xsl:template match="hv:permission[starts-with(@name, '!')]" priority="1">
    <code><xsl:value-of select="."/></code><span class="quiet"> only without <code><xsl:value-of select="translate(@name, '!', '')"/></code></span>
  </xsl:template>
  <xsl:template match="hv:permission[@name]">
    <code><xsl:value-of select="."/></code><span class="quiet"> only with <code><xsl:value-of select="@name"/></code></span>
  </xsl:template>

  <xsl:template match="hv:parameters[not(hv:parameter)]"><p class="quiet">None.</p></xsl:template>
  <xsl:template match="hv:parameters">
    <dl class="parameters"><xsl:apply-templates select="hv:parameter" mode="row"/></dl>
  </xsl:template>
  <xsl:template match="hv:parameter" mode="row">
    <div class="card">
      <dt>
        <code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text>
        <span class="quiet">
          <xsl:value-of select="hv:type"/>
          <xsl:if test="@unit and not(@unit = 'none')"> in <xsl:value-of select="@unit"/></xsl:if>
          <xsl:if test="hv:repeatable = 'true'">, repeatable</xsl:if>
          <xsl:if test="hv:argument">, goes into <xsl:value-of select="hv:argument"/></xsl:if>
          <xsl:if test="hv:minimum | hv:maximum">
            <xsl:value-of select="concat(', ', hv:minimum, ' to ', hv:maximum)"/>
          </xsl:if>
        </span>
        <xsl:if test="hv:required = 'true'"><xsl:text> </xsl:text><span class="required">required</span></xsl:if>
      </dt>
      <dd>
        <xsl:apply-templates select="hv:documentation"/>
        <xsl:if test="hv:constant">
          <ul class="constants"><xsl:apply-templates select="hv:constant" mode="line"/></ul>
        </xsl:if>
      </dd>
    </div>
  </xsl:template>
  <xsl:template match="hv:constant" mode="line"><li><xsl:apply-templates select="." mode="row"/></li></xsl:template>

</xsl:stylesheet>
