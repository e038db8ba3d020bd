<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Strings, numbers and booleans. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="hv str">

  <!-- mode `plain`: the text where there is nothing else -->
  <xsl:template match="*" mode="plain"><xsl:call-template name="string"/></xsl:template>
  <xsl:template match="hv:integer | hv:double | hv:vcpus | hv:total | hv:answering | hv:running | hv:node/hv:cpus | hv:numa-nodes | hv:sockets | hv:cores | hv:threads
                       | hv:max | hv:minimum | hv:maximum | hv:limit/hv:value | hv:offered | hv:functions | hv:domains" mode="plain">
    <xsl:call-template name="number"/>
  </xsl:template>
  <xsl:template match="hv:boolean | hv:autostart | hv:persistent | hv:required | hv:repeatable | hv:active | hv:current | hv:vm/hv:announced | hv:ephemeral | hv:private | hv:ready" mode="plain">
    <xsl:value-of select="."/><xsl:if test=". = ''">null</xsl:if>
  </xsl:template>
  <xsl:template match="hv:parent" mode="plain">null</xsl:template>
  <xsl:template match="hv:missing | hv:query/hv:usage" mode="plain">true</xsl:template>
  <!-- without a name still an object, as with one -->
  <xsl:template match="hv:enum | hv:fault/hv:code | hv:fault/hv:domain | hv:fault/hv:level | hv:fault/hv:state | hv:vm/hv:state | hv:vm/hv:reason | hv:pool/hv:state
                       | hv:volume/hv:type | hv:usage-type | hv:commands/hv:command/hv:permission" mode="plain" priority="1">
    <xsl:text>{"name":null,"value":</xsl:text><xsl:apply-templates select="." mode="scalar"/><xsl:text>}</xsl:text>
  </xsl:template>

  <!-- mode `scalar`: the text beside attributes -->
  <xsl:template match="*" mode="scalar"><xsl:call-template name="string"/></xsl:template>
  <xsl:template match="hv:integer | hv:double | hv:memory | hv:maximum-memory | hv:resident-memory | hv:cpu | hv:cpu-time | hv:stale | hv:gone | hv:deadline/hv:value | hv:limit/hv:value | hv:keep/hv:value | hv:frequency | hv:filter | hv:enum | hv:version
                       | hv:hypervisor-version | hv:libvirt-version | hv:status | hv:code | hv:domain | hv:level
                       | hv:capacity | hv:allocation | hv:available | hv:created | hv:record/hv:duration" mode="scalar">
    <xsl:call-template name="number"/>
  </xsl:template>

  <!-- What JSON does not take for a number (NaN, INF) is a string. -->
  <xsl:template name="number">
    <xsl:choose>
      <xsl:when test="translate(., '0123456789.-+eE', '') = '' and string(number(.)) != 'NaN'"><xsl:value-of select="."/></xsl:when>
      <xsl:otherwise><xsl:call-template name="string"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="string">
    <xsl:param name="text" select="string(.)"/>
    <xsl:choose>
      <xsl:when test="translate($text, '\&quot;&#9;&#10;&#13;', '') = $text"><xsl:value-of select="concat('&quot;', $text, '&quot;')"/></xsl:when>
      <xsl:otherwise>
        <xsl:text>"</xsl:text>
        <xsl:call-template name="escape"><xsl:with-param name="text" select="$text"/></xsl:call-template>
        <xsl:text>"</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- XML holds no other control characters below U+0020 than these three. -->
  <xsl:template name="escape">
    <xsl:param name="text"/>
    <xsl:choose>
      <xsl:when test="translate($text, '\&quot;&#9;&#10;&#13;', '') = $text"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="marks" select="str:replace(str:replace($text, '\', '\\'), '&quot;', '\&quot;')"/>
        <xsl:value-of select="str:replace(str:replace(str:replace($marks, '&#10;', '\n'), '&#13;', '\r'), '&#9;', '\t')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
