<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The list of VMs. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/pages.xsl"/>
  <xsl:include href="../parts/vms-table.xsl"/>
  <xsl:include href="../parts/vms-toolbar.xsl"/>

  <!-- The address without its query, and whether it is that of a VM: then these are its candidates. -->
  <xsl:variable name="path" select="substring-before(concat(/hv:vms/@href, '?'), '?')"/>
  <xsl:variable name="candidates" select="contains(substring-after($path, '/virt/'), '/')"/>

  <xsl:template match="hv:vms" mode="title">
    <xsl:choose>
      <xsl:when test="$candidates">Which VM?</xsl:when>
      <xsl:when test="hv:owner">VMs of <xsl:value-of select="hv:owner"/></xsl:when>
      <xsl:otherwise>VMs</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="hv:vms">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1><xsl:apply-templates select="." mode="title"/></h1>
      <xsl:if test="hv:link[@rel = 'create']">
        <div class="toolbar"><xsl:apply-templates select="hv:link[@rel = 'create']"/></div>
      </xsl:if>
    </div>
    <xsl:if test="$candidates"><p class="note">Several VMs have this name. Choose one; its own address has its UUID.</p></xsl:if>
    <xsl:apply-templates select="hv:host"/>
    <xsl:if test="not($candidates)"><xsl:apply-templates select="hv:query"/></xsl:if>
    <xsl:apply-templates select="hv:filters"/>
    <xsl:apply-templates select="." mode="table"/>
    <xsl:apply-templates select="." mode="pages"/>
  </xsl:template>

  <xsl:template match="hv:link[@rel = 'create']">
    <a class="button primary" href="{@href}">New VM<xsl:if test="../hv:link[@rel = 'create'][2]"> on <xsl:value-of select="@name"/></xsl:if></a>
  </xsl:template>
  <!-- many hosts: one button that opens -->
  <xsl:template match="hv:link[@rel = 'create'][../hv:link[@rel = 'create'][4]]" priority="1">
    <xsl:if test="position() = 1">
      <details class="menu">
        <summary class="button primary">New VM</summary>
        <ul>
          <xsl:for-each select="../hv:link[@rel = 'create']"><li><a href="{@href}">on <xsl:value-of select="@name"/></a></li></xsl:for-each>
        </ul>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- A host that did not answer, or has not done so for a while -->
  <xsl:template match="hv:vms/hv:host">
    <div class="note warning" role="status">
      <p>
        <strong>
          <xsl:text>Host </xsl:text><a href="{@href}"><xsl:value-of select="@name"/></a>
          <xsl:choose>
            <xsl:when test="hv:stale"> has been silent for <xsl:apply-templates select="hv:stale" mode="age"/>.</xsl:when>
            <xsl:otherwise> does not answer.</xsl:otherwise>
          </xsl:choose>
        </strong>
        <xsl:choose>
          <xsl:when test="hv:stale"> Its VMs are shown as they last were.</xsl:when>
          <xsl:otherwise> Its VMs are missing here, or shown as they last were.</xsl:otherwise>
        </xsl:choose>
      </p>
      <p class="cause"><xsl:value-of select="hv:fault/hv:message"/></p>
    </div>
  </xsl:template>

  <xsl:template match="hv:vms/hv:owner | hv:vms/hv:query | hv:vms/hv:sorts | hv:vms/hv:filters | hv:vms/hv:total | hv:vms/hv:host | hv:vms/hv:vm" mode="claim"/>

</xsl:stylesheet>
