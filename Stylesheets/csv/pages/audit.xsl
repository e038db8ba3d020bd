<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../csv.xsl"/>

  <xsl:template match="/hv:audit">
    <xsl:text>time,event,id,request,caller,authentication,method,address,host,uuid,name,command,permissions,decision,reason,code,outcome,duration_ms,before,after,count,parameters</xsl:text>
    <xsl:call-template name="end"/>
    <xsl:apply-templates select="hv:record"/>
  </xsl:template>

  <xsl:template match="hv:record">
    <xsl:call-template name="cell"><xsl:with-param name="text" select="string(hv:time)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:event)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:pair)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:request)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:caller)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:authentication)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:method)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:address)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:host/@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:object/hv:uuid)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:object/@name)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:command)"/></xsl:call-template>
    <xsl:call-template name="next">
      <xsl:with-param name="text"><xsl:for-each select="hv:permission"><xsl:if test="position() &gt; 1">;</xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:decision)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:reason)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:code)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:outcome)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:duration)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:before)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:after)"/></xsl:call-template>
    <xsl:call-template name="next"><xsl:with-param name="text" select="string(hv:count)"/></xsl:call-template>
    <xsl:call-template name="next">
      <xsl:with-param name="text"><xsl:for-each select="hv:parameter"><xsl:if test="position() &gt; 1">;</xsl:if><xsl:value-of select="concat(@name, '=', .)"/></xsl:for-each></xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="end"/>
  </xsl:template>

</xsl:stylesheet>
