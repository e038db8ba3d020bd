<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Something went wrong, and what one may do about it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="/hv:fault" mode="title"><xsl:value-of select="hv:status/@name"/></xsl:template>

  <xsl:template match="/hv:fault">
    <article class="fault">
      <p class="status"><xsl:value-of select="hv:status"/></p>
      <h1><xsl:value-of select="hv:status/@name"/></h1>
      <p class="message"><xsl:apply-templates select="hv:message"/></p>
      <xsl:apply-templates select="hv:parameter" mode="cause"/>
      <xsl:apply-templates select="hv:outcome" mode="cause"/>
      <xsl:if test="hv:advice"><p class="advice"><xsl:apply-templates select="hv:advice"/></p></xsl:if>
      <p class="toolbar">
        <xsl:apply-templates select="hv:link[@rel = 'up']" mode="button"/>
        <a class="button" href="/virt">All VMs</a>
      </p>
      <h2>Details</h2>
      <xsl:call-template name="details"/>
    </article>
  </xsl:template>

  <xsl:template name="details">
    <dl class="properties">
      <xsl:apply-templates select="hv:*" mode="property"/>
      <div><dt>Request</dt><dd><code><xsl:value-of select="@id"/></code></dd></div>
    </dl>
  </xsl:template>

  <!-- Who is not known may say who he is. -->
  <xsl:template match="/hv:fault[hv:login]">
    <article class="fault">
      <p class="status"><xsl:value-of select="hv:status"/></p>
      <h1>Log in</h1>
      <p class="message"><xsl:apply-templates select="hv:message"/></p>
      <xsl:if test="hv:status = '429' and hv:advice"><p class="advice"><xsl:apply-templates select="hv:advice"/></p></xsl:if>
      <xsl:apply-templates select="hv:login" mode="form"/>
      <details>
        <summary>Details</summary>
        <xsl:call-template name="details"/>
      </details>
    </article>
  </xsl:template>

  <xsl:template match="hv:link" mode="button"/>
  <xsl:template match="hv:link[@rel = 'up'][not(@href = '/virt')]" mode="button">
    <a class="button primary" href="{@href}">Go to <xsl:apply-templates select="." mode="place"/></a>
  </xsl:template>

  <!-- what it is is told from its path -->
  <xsl:template match="hv:link" mode="place">what is above</xsl:template>
  <xsl:template match="hv:link[starts-with(@href, '/virt/')]" mode="place">the VMs of this owner</xsl:template>
  <xsl:template match="hv:link[contains(substring-after(@href, '/virt/'), '/')]" mode="place" priority="1">the VM</xsl:template>
  <xsl:template match="hv:link[@href = '/hosts']" mode="place">the hosts</xsl:template>
  <xsl:template match="hv:link[starts-with(@href, '/hosts/')]" mode="place">the host</xsl:template>
  <xsl:template match="hv:link[contains(@href, '/domains/')]" mode="place" priority="1">the VM</xsl:template>
  <!-- libvirt's other objects and their lists -->
  <xsl:template match="hv:link[starts-with(@href, '/hosts/')][contains(substring-after(@href, '/hosts/'), '/')][not(contains(@href, '/domains/'))]
                       | hv:link[contains(@href, '/snapshots') or contains(@href, '/checkpoints')]" mode="place" priority="2">what is above</xsl:template>
  <xsl:template match="hv:link[@href = '/commands']" mode="place">the commands</xsl:template>

  <xsl:template match="hv:parameter" mode="cause">
    <p class="note warning">Parameter <code><xsl:value-of select="@name"/></code>: <xsl:value-of select="."/></p>
  </xsl:template>
  <xsl:template match="hv:outcome[. = 'failed']" mode="cause"><p class="note">The command failed.</p></xsl:template>
  <xsl:template match="hv:outcome[. = 'unknown']" mode="cause">
    <p class="note warning">It is not known whether this was done, and it may still happen. Look at the state before you try again.</p>
  </xsl:template>

  <xsl:template match="hv:link | hv:access | hv:visibility | hv:caller | hv:message | hv:advice | hv:parameter | hv:outcome | hv:login" mode="property"/>
  <xsl:template match="hv:fault/hv:method" mode="label">Would do</xsl:template>

  <!-- The properties above meet every child: one that is new to this sheet has no label, and stops the run. -->
  <xsl:template match="/hv:fault/hv:*" mode="claim"/>

</xsl:stylesheet>
