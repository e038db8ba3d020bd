<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../csv.xsl"/>

  <xsl:template match="/hv:hosts">
    <xsl:text>name,title,uri,pool,state,hostname,driver,hypervisor_version,libvirt_version,model,memory_KiB,cpus,vms,vms_running,vms_memory_KiB,vms_vcpus,stale_s,message,href</xsl:text>
    <xsl:call-template name="end"/>
    <xsl:apply-templates select="hv:host"/>
  </xsl:template>

  <xsl:template match="hv:host">
    <xsl:call-template name="cell"><xsl:with-param name="text" select="string(@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:title)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:uri)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:pool)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:state)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:hostname)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:driver)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:hypervisor-version/@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:libvirt-version/@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:node/hv:model)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:node/hv:memory)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:node/hv:cpus)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:vms/hv:total)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:vms/hv:running)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:vms/hv:memory)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:vms/hv:vcpus)"/></xsl:call-template>
    <xsl:call-template name="next-number"><xsl:with-param name="text" select="string(hv:stale)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:fault/hv:message)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(@href)"/></xsl:call-template>
    <xsl:call-template name="end"/>
  </xsl:template>

</xsl:stylesheet>
