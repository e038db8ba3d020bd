<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The functions of libvirt that this server does not offer, and why. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:commands[hv:query/hv:missing]" mode="title">Missing functions</xsl:template>

  <xsl:template match="hv:commands[hv:query/hv:missing]">
    <xsl:apply-templates select="hv:link[@rel = 'up']"/>
    <div class="heading">
      <h1>Missing functions</h1>
      <p class="title">
        <xsl:text>This server offers </xsl:text><xsl:apply-templates select="hv:offered"/><xsl:text> of libvirt's </xsl:text>
        <xsl:apply-templates select="hv:functions"/><xsl:text> functions. These are the others.</xsl:text>
      </p>
    </div>
    <xsl:apply-templates select="hv:query"/>
    <xsl:choose>
      <xsl:when test="hv:function">
        <table class="reference">
          <caption class="hidden">Missing functions, <xsl:value-of select="hv:total"/> in all</caption>
          <thead><tr><th scope="col">Function</th><th scope="col">What it does</th><th scope="col">Why it is missing</th></tr></thead>
          <tbody><xsl:apply-templates select="hv:function" mode="row"/></tbody>
        </table>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="empty"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="hv:function" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name">
        <code title="{hv:signature}"><xsl:value-of select="@name"/></code>
        <xsl:if test="hv:since"><span class="title">since libvirt <xsl:apply-templates select="hv:since"/></span></xsl:if>
      </th>
      <td class="summary"><xsl:apply-templates select="hv:summary"/></td>
      <td class="reason"><xsl:apply-templates select="hv:reason"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="hv:commands/hv:function" mode="claim"/>

</xsl:stylesheet>
