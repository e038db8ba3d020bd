<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The pages of a list. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="/hv:*" mode="pages">
    <xsl:if test="hv:link[@rel = 'previous' or @rel = 'next']">
      <nav class="pages" aria-label="Pages">
        <xsl:apply-templates select="hv:link[@rel = 'previous' or @rel = 'next']"/>
      </nav>
    </xsl:if>
  </xsl:template>
  <xsl:template match="hv:link[@rel = 'previous']"><a class="button" rel="prev" href="{@href}">← Previous</a></xsl:template>
  <xsl:template match="hv:link[@rel = 'next']"><a class="button" rel="next" href="{@href}">Next →</a></xsl:template>

</xsl:stylesheet>
