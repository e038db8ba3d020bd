<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- A document as JSON. An element is a member of its own name: an object if it has attributes or elements, else a string, a number or a boolean;
     text beside attributes is the member `value`. What may repeat is always an array. XML that libvirt wrote is a string. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:include href="array.xsl"/>
  <xsl:include href="result.xsl"/>
  <xsl:include href="scalar.xsl"/>
  <xsl:include href="source.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template match="/"><xsl:apply-templates select="*"/><xsl:text>&#10;</xsl:text></xsl:template>

  <!-- mode `member`: "name":value, with a comma after the first -->
  <xsl:template match="@*" mode="member">
    <xsl:if test="position() &gt; 1">,</xsl:if>
    <xsl:value-of select="concat('&quot;', name(), '&quot;:')"/>
    <xsl:call-template name="string"/>
  </xsl:template>
  <xsl:template match="hv:*" mode="member">
    <xsl:if test="position() &gt; 1">,</xsl:if>
    <xsl:value-of select="concat('&quot;', local-name(), '&quot;:')"/>
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- no mode: the value itself. One template, as predicates in patterns are what costs most here. -->
  <xsl:template match="hv:*">
    <xsl:choose>
      <xsl:when test="*">{<xsl:apply-templates select="@* | *" mode="member"/>}</xsl:when>
      <xsl:when test="@*">
        <xsl:text>{</xsl:text>
        <xsl:apply-templates select="@*" mode="member"/>
        <xsl:if test="string(.)">
          <xsl:text>,"value":</xsl:text>
          <xsl:apply-templates select="." mode="scalar"/>
        </xsl:if>
        <xsl:text>}</xsl:text>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="plain"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="hv:query | hv:node | hv:vm/hv:usage" priority="2">{<xsl:apply-templates select="*" mode="member"/>}</xsl:template>

</xsl:stylesheet>
