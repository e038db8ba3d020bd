<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A list of libvirt's other objects as JSON: its rows are an array, under the name that a page says. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="json.xsl"/>

  <xsl:variable name="item"/>

  <xsl:template match="/hv:*" priority="2">
    <xsl:variable name="items" select="hv:*[@name and @href][not(self::hv:link or self::hv:object)]"/>
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:link)][count(. | $items) &gt; count($items)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="string($item)"/><xsl:with-param name="items" select="$items"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>

</xsl:stylesheet>
