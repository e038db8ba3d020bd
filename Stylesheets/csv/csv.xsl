<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Cells as in RFC 4180. One that a spreadsheet could take for a formula begins with an apostrophe, and so does such a line within one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- What begins a formula, in full width too. -->
  <xsl:variable name="formula">=+-@&#9;&#10;&#13;&#xFF1D;&#xFF0B;&#xFF0D;&#xFF20;</xsl:variable>
  <!-- What is passed over before it. -->
  <xsl:variable name="padding">"'&#32;&#160;&#8203;&#12288;&#65279;</xsl:variable>

  <!-- Beginnings of lines that are a formula to a program that takes each line for a row, and what stands for them. -->
  <xsl:variable name="found">
    <f><xsl:text>&#10;=</xsl:text></f><f><xsl:text>&#10;+</xsl:text></f><f><xsl:text>&#10;-</xsl:text></f><f><xsl:text>&#10;@</xsl:text></f><f><xsl:text>&#10;&#9;</xsl:text></f><f><xsl:text>&#10;&#xFF1D;</xsl:text></f><f><xsl:text>&#10;&#xFF0B;</xsl:text></f><f><xsl:text>&#10;&#xFF0D;</xsl:text></f><f><xsl:text>&#10;&#xFF20;</xsl:text></f><f><xsl:text>&#10;"</xsl:text></f>
    <f><xsl:text>&#13;=</xsl:text></f><f><xsl:text>&#13;+</xsl:text></f><f><xsl:text>&#13;-</xsl:text></f><f><xsl:text>&#13;@</xsl:text></f><f><xsl:text>&#13;&#9;</xsl:text></f><f><xsl:text>&#13;&#xFF1D;</xsl:text></f><f><xsl:text>&#13;&#xFF0B;</xsl:text></f><f><xsl:text>&#13;&#xFF0D;</xsl:text></f><f><xsl:text>&#13;&#xFF20;</xsl:text></f><f><xsl:text>&#13;"</xsl:text></f>
  </xsl:variable>
  <xsl:variable name="written">
    <w><xsl:text>&#10;'=</xsl:text></w><w><xsl:text>&#10;'+</xsl:text></w><w><xsl:text>&#10;'-</xsl:text></w><w><xsl:text>&#10;'@</xsl:text></w><w><xsl:text>&#10;'&#9;</xsl:text></w><w><xsl:text>&#10;'&#xFF1D;</xsl:text></w><w><xsl:text>&#10;'&#xFF0B;</xsl:text></w><w><xsl:text>&#10;'&#xFF0D;</xsl:text></w><w><xsl:text>&#10;'&#xFF20;</xsl:text></w><w><xsl:text>&#10;'"</xsl:text></w>
    <w><xsl:text>&#13;'=</xsl:text></w><w><xsl:text>&#13;'+</xsl:text></w><w><xsl:text>&#13;'-</xsl:text></w><w><xsl:text>&#13;'@</xsl:text></w><w><xsl:text>&#13;'&#9;</xsl:text></w><w><xsl:text>&#13;'&#xFF1D;</xsl:text></w><w><xsl:text>&#13;'&#xFF0B;</xsl:text></w><w><xsl:text>&#13;'&#xFF0D;</xsl:text></w><w><xsl:text>&#13;'&#xFF20;</xsl:text></w><w><xsl:text>&#13;'"</xsl:text></w>
  </xsl:variable>

  <xsl:template name="cell">
    <xsl:param name="text" select="string(.)"/>
    <xsl:variable name="safe">
      <xsl:choose>
        <xsl:when test="contains($text, '&#10;') or contains($text, '&#13;')">
          <xsl:call-template name="line">
            <xsl:with-param name="text" select="str:replace($text, exsl:node-set($found)/f, exsl:node-set($written)/w)"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="line"><xsl:with-param name="text" select="$text"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="translate($safe, ',&quot;&#13;&#10;', '') = string($safe)"><xsl:value-of select="$safe"/></xsl:when>
      <xsl:otherwise>"<xsl:value-of select="str:replace(string($safe), '&quot;', '&quot;&quot;')"/>"</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="line">
    <xsl:param name="text"/>
    <xsl:variable name="first" select="substring($text, 1, 1)"/>
    <xsl:choose>
      <xsl:when test="$first = ''"/>
      <xsl:when test="contains($formula, $first)">'</xsl:when>
      <xsl:when test="contains($padding, $first)">
        <xsl:variable name="next" select="substring(translate($text, $padding, ''), 1, 1)"/>
        <xsl:if test="$next != '' and contains($formula, $next)">'</xsl:if>
      </xsl:when>
    </xsl:choose>
    <xsl:value-of select="$text"/>
  </xsl:template>

  <!-- A number of ours, which stays one also where it is negative. -->
  <xsl:template name="number">
    <xsl:param name="text" select="string(.)"/>
    <xsl:choose>
      <xsl:when test="string(number($text)) != 'NaN' and translate(substring($text, 2), '.0123456789', '') = '' and translate(substring($text, 1, 1), '-0123456789', '') = '' and $text != '-'"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="cell"><xsl:with-param name="text" select="$text"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="next">
    <xsl:param name="text" select="string(.)"/>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="cell"><xsl:with-param name="text" select="$text"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="next-number">
    <xsl:param name="text" select="string(.)"/>
    <xsl:text>,</xsl:text>
    <xsl:call-template name="number"><xsl:with-param name="text" select="$text"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="end"><xsl:text>&#13;&#10;</xsl:text></xsl:template>

</xsl:stylesheet>
