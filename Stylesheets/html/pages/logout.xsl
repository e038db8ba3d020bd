<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Where one logs out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:logout" mode="title">Log out</xsl:template>

  <xsl:template match="/hv:logout">
    <article class="fault">
      <h1>Log out</h1>
      <p class="message"><xsl:value-of select="hv:message"/></p>
      <xsl:choose>
        <xsl:when test="hv:link[@rel = 'logout']"><xsl:call-template name="logout"/></xsl:when>
        <xsl:otherwise><p><a class="button" href="/login">Log in</a></p></xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:template>

  <xsl:template match="/hv:logout/hv:message" mode="claim"/>

</xsl:stylesheet>
