<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Where one logs in. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:login" mode="title">Log in</xsl:template>

  <xsl:template match="/hv:login">
    <article class="fault">
      <h1>Log in</h1>
      <p class="message"><xsl:value-of select="hv:message"/></p>
      <xsl:apply-templates select="." mode="form"/>
    </article>
  </xsl:template>

  <xsl:template match="/hv:login/hv:next | /hv:login/hv:name | /hv:login/hv:message" mode="claim"/>

</xsl:stylesheet>
