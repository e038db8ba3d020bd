<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A property: a line of a definition list, and how its text is shown. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:*" mode="property" priority="-0.25">
    <div><dt><xsl:apply-templates select="." mode="label"/></dt><dd><xsl:apply-templates select="."/></dd></div>
  </xsl:template>

  <xsl:template match="hv:name | hv:title | hv:summary | hv:hostname | hv:driver | hv:model | hv:method | hv:message | hv:advice | hv:since">
    <xsl:value-of select="."/>
  </xsl:template>
  <xsl:template match="hv:vcpus | hv:node/hv:cpus | hv:numa-nodes | hv:sockets | hv:cores | hv:threads | hv:total | hv:running">
    <xsl:value-of select="."/>
  </xsl:template>
  <xsl:template match="hv:description | hv:note"><span class="prose"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:uuid | hv:uri | hv:path | hv:permission"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="hv:signature"><code class="signature"><xsl:value-of select="."/></code></xsl:template>

  <xsl:template match="hv:autostart | hv:persistent | hv:boolean">
    <xsl:choose><xsl:when test=". = 'true'">yes</xsl:when><xsl:otherwise>no</xsl:otherwise></xsl:choose>
  </xsl:template>

  <xsl:template match="hv:version | hv:hypervisor-version | hv:libvirt-version">
    <data value="{.}" title="{.}"><xsl:value-of select="@name"/></data>
  </xsl:template>

  <xsl:template match="hv:tags[not(hv:tag)]"><span class="quiet">none</span></xsl:template>
  <xsl:template match="hv:tags"><ul class="tags"><xsl:apply-templates select="hv:tag"/></ul></xsl:template>
  <xsl:template match="hv:tag"><li><xsl:value-of select="."/></li></xsl:template>

</xsl:stylesheet>
