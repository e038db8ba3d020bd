<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- How much of a host its running VMs have been given. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:host/hv:vms" mode="running">
    <a href="{@href}"><xsl:value-of select="hv:running"/> of <xsl:value-of select="hv:total"/></a>
  </xsl:template>

  <xsl:template match="hv:vms/hv:vcpus | hv:vms/hv:memory" mode="load"><xsl:apply-templates select="."/></xsl:template>
  <xsl:template match="hv:host[hv:node]/hv:vms/hv:vcpus" mode="load">
    <xsl:call-template name="load">
      <xsl:with-param name="whole" select="../../hv:node/hv:cpus"/>
      <xsl:with-param name="what">vCPUs of running VMs</xsl:with-param>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="hv:host[hv:node]/hv:vms/hv:memory" mode="load">
    <xsl:call-template name="load">
      <xsl:with-param name="whole" select="../../hv:node/hv:memory"/>
      <xsl:with-param name="what">Memory of running VMs</xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- "24 GiB of 62.7 GiB" and a bar, which is full where more was given than there is -->
  <xsl:template name="load">
    <xsl:param name="whole"/>
    <xsl:param name="what"/>
    <xsl:apply-templates select="."/>
    <span class="quiet"> of <xsl:apply-templates select="$whole"/></span>
    <meter min="0" max="{$whole}" value="{.}" aria-label="{$what}">
      <xsl:if test=". &gt; $whole">
        <xsl:attribute name="class">over</xsl:attribute>
        <xsl:attribute name="value"><xsl:value-of select="$whole"/></xsl:attribute>
        <xsl:attribute name="title">More than there is</xsl:attribute>
      </xsl:if>
      <xsl:value-of select="."/>
    </meter>
  </xsl:template>

</xsl:stylesheet>
