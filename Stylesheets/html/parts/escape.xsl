<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Text as it is written in XML. The server has `str:replace`; a browser halves the text until a half needs nothing,
     so that the recursion is never deeper than the length's logarithm. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="hv str">

  <!-- What each character becomes, up to the next blank -->
  <xsl:variable name="references" select="'&amp;amp &lt;lt &gt;gt &quot;quot &#9;#9 &#10;#10 &#13;#13 '"/>
  <xsl:variable name="replaces" select="function-available('str:replace')"/>

  <xsl:template name="escape">
    <xsl:param name="text"/>
    <xsl:param name="marks" select="'&amp;&lt;&gt;&#13;'"/>
    <xsl:choose>
      <xsl:when test="translate($text, $marks, '') = $text"><xsl:value-of select="$text"/></xsl:when>
      <xsl:when test="$replaces">
        <xsl:variable name="markup" select="str:replace(str:replace(str:replace($text, '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&#13;', '&amp;#13;')"/>
        <xsl:choose>
          <xsl:when test="contains($marks, '&gt;')"><xsl:value-of select="str:replace($markup, '&gt;', '&amp;gt;')"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="str:replace(str:replace(str:replace($markup, '&quot;', '&amp;quot;'), '&#9;', '&amp;#9;'), '&#10;', '&amp;#10;')"/></xsl:otherwise>
        </xsl:choose>
      </xsl:when>
      <xsl:when test="substring($text, 2) = ''">
        <xsl:value-of select="concat('&amp;', substring-before(substring-after($references, $text), ' '), ';')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="half" select="floor(string-length($text) div 2)"/>
        <xsl:call-template name="escape">
          <xsl:with-param name="text" select="substring($text, 1, $half)"/>
          <xsl:with-param name="marks" select="$marks"/>
        </xsl:call-template>
        <xsl:call-template name="escape">
          <xsl:with-param name="text" select="substring($text, $half + 1)"/>
          <xsl:with-param name="marks" select="$marks"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
