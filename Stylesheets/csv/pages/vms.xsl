<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../csv.xsl"/>

  <xsl:template match="/hv:vms">
    <xsl:text>uuid,name,title,owner,host,state,reason,vcpus,memory_KiB,maximum_memory_KiB,autostart,persistent,tags,stale_s,announced,also,conflict,dispute,cpu_percent,cpu_time_ns,resident_memory_KiB,href</xsl:text>
    <xsl:call-template name="end"/>
    <xsl:apply-templates select="hv:vm"/>
  </xsl:template>

  <xsl:template match="hv:vm">
    <xsl:call-template name="cell"><xsl:with-param name="text" select="string(hv:uuid)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:title)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:owner)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:host/@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:state)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:reason)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:vcpus)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:memory)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:maximum-memory)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:autostart)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:persistent)"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="cell">
      <xsl:with-param name="text"><xsl:for-each select="hv:tags/hv:tag"><xsl:if test="position() &gt; 1">;</xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:stale)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:announced)"/></xsl:call-template>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="cell">
      <xsl:with-param name="text"><xsl:for-each select="hv:also/hv:host"><xsl:if test="position() &gt; 1">;</xsl:if><xsl:value-of select="@name"/></xsl:for-each></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:conflict)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:dispute)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:usage/hv:cpu)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:usage/hv:cpu-time)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:usage/hv:resident-memory)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(@href)"/></xsl:call-template>
    <xsl:call-template name="end"/>
  </xsl:template>

</xsl:stylesheet>
