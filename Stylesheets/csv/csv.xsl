<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Cells as in RFC 4180. One that a spreadsheet could take for a formula begins with an apostrophe. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template name="cell">
    <xsl:param name="text" select="string(.)"/>
    <xsl:variable name="safe">
      <xsl:if test="$text != '' and contains('=+-@&#9;&#10;&#13;', substring($text, 1, 1))">'</xsl:if>
      <xsl:value-of select="$text"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="translate($safe, ',&quot;&#13;&#10;', '') = string($safe)"><xsl:value-of select="$safe"/></xsl:when>
      <xsl:otherwise>"<xsl:value-of select="str:replace(string($safe), '&quot;', '&quot;&quot;')"/>"</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="next">
    <xsl:param name="text" select="string(.)"/>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="cell"><xsl:with-param name="text" select="$text"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="end"><xsl:text>&#13;&#10;</xsl:text></xsl:template>

</xsl:stylesheet>
