<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Quantities for people; the exact number stays in `value` and `title`. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:*[@unit]">
    <data value="{.}" title="{.} {@unit}">
      <xsl:if test="@unit = 'none'"><xsl:attribute name="title"><xsl:value-of select="."/></xsl:attribute></xsl:if>
      <xsl:apply-templates select="." mode="quantity"/>
    </data>
  </xsl:template>

  <xsl:template match="hv:*[@unit]" mode="quantity">
    <xsl:call-template name="quantity"><xsl:with-param name="number" select="string(.)"/><xsl:with-param name="unit" select="@unit"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="quantity">
    <xsl:param name="number"/>
    <xsl:param name="unit"/>
    <xsl:choose>
      <xsl:when test="$unit = 'KiB' and $number = '9007199254740991'">unlimited</xsl:when>
      <xsl:when test="$unit = 'KiB'"><xsl:call-template name="bytes"><xsl:with-param name="number" select="$number * 1024"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 'bytes'"><xsl:call-template name="bytes"><xsl:with-param name="number" select="number($number)"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 'bytes/s'"><xsl:call-template name="bytes"><xsl:with-param name="number" select="number($number)"/></xsl:call-template>/s</xsl:when>
      <xsl:when test="$unit = 'ns'"><xsl:call-template name="seconds"><xsl:with-param name="number" select="$number div 1000000000"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 'us'"><xsl:call-template name="seconds"><xsl:with-param name="number" select="$number div 1000000"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 'ms'"><xsl:call-template name="seconds"><xsl:with-param name="number" select="$number div 1000"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 's'"><xsl:call-template name="seconds"><xsl:with-param name="number" select="number($number)"/></xsl:call-template></xsl:when>
      <xsl:when test="$unit = 'MHz' and $number &gt;= 1000"><xsl:value-of select="format-number($number div 1000, '0.##')"/> GHz</xsl:when>
      <xsl:when test="$unit = 'percent'"><xsl:value-of select="$number"/> %</xsl:when>
      <xsl:when test="$unit = 'none'"><xsl:value-of select="$number"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat($number, ' ', $unit)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="bytes">
    <xsl:param name="number"/>
    <xsl:variable name="size" select="$number * (1 - 2 * ($number &lt; 0))"/>
    <xsl:choose>
      <xsl:when test="not($size &gt;= 1024)"><xsl:value-of select="$number"/> bytes</xsl:when>
      <xsl:when test="$size &lt; 1048576"><xsl:value-of select="format-number($number div 1024, '0.#')"/> KiB</xsl:when>
      <xsl:when test="$size &lt; 1073741824"><xsl:value-of select="format-number($number div 1048576, '0.#')"/> MiB</xsl:when>
      <xsl:when test="$size &lt; 1099511627776"><xsl:value-of select="format-number($number div 1073741824, '0.#')"/> GiB</xsl:when>
      <xsl:when test="$size &lt; 1125899906842624"><xsl:value-of select="format-number($number div 1099511627776, '0.##')"/> TiB</xsl:when>
      <xsl:otherwise><xsl:value-of select="format-number($number div 1125899906842624, '#,##0.##')"/> PiB</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="seconds">
    <xsl:param name="number"/>
    <xsl:choose>
      <xsl:when test="$number = 0 or not($number = $number)">0 s</xsl:when>
      <xsl:when test="$number &lt; 0">−<xsl:call-template name="seconds"><xsl:with-param name="number" select="-$number"/></xsl:call-template></xsl:when>
      <xsl:when test="$number &lt; 0.000001"><xsl:value-of select="format-number($number * 1000000000, '0')"/> ns</xsl:when>
      <xsl:when test="$number &lt; 0.001"><xsl:value-of select="format-number($number * 1000000, '0.#')"/> µs</xsl:when>
      <xsl:when test="$number &lt; 1"><xsl:value-of select="format-number($number * 1000, '0.#')"/> ms</xsl:when>
      <xsl:when test="$number &lt; 60"><xsl:value-of select="format-number($number, '0.#')"/> s</xsl:when>
      <xsl:when test="$number &lt; 3600"><xsl:value-of select="concat(floor($number div 60), ' min ', floor($number mod 60), ' s')"/></xsl:when>
      <xsl:when test="$number &lt; 86400"><xsl:value-of select="concat(floor($number div 3600), ' h ', floor($number mod 3600 div 60), ' min')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="concat(format-number(floor($number div 86400), '#,##0'), ' d ', floor($number mod 86400 div 3600), ' h')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
