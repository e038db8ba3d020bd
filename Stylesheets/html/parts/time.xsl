<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Seconds since 1970 as a date, by the Gregorian calendar: years begin in March, and 400 of them have 146097 days. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:created[@unit = 's'][string(.)]" priority="1">
    <xsl:variable name="days" select="floor(. div 86400) + 719468"/>
    <xsl:variable name="day-of-era" select="$days mod 146097"/>
    <xsl:variable name="year-of-era"
                  select="floor(($day-of-era - floor($day-of-era div 1460) + floor($day-of-era div 36524) - floor($day-of-era div 146096)) div 365)"/>
    <xsl:variable name="day-of-year" select="$day-of-era - 365 * $year-of-era - floor($year-of-era div 4) + floor($year-of-era div 100)"/>
    <xsl:variable name="month-from-march" select="floor((5 * $day-of-year + 2) div 153)"/>
    <xsl:variable name="day" select="$day-of-year - floor((153 * $month-from-march + 2) div 5) + 1"/>
    <xsl:variable name="month" select="($month-from-march + 2) mod 12 + 1"/>
    <xsl:variable name="year" select="floor($days div 146097) * 400 + $year-of-era + ($month &lt;= 2)"/>
    <xsl:variable name="date" select="concat(format-number($year, '0000'), '-', format-number($month, '00'), '-', format-number($day, '00'))"/>
    <xsl:variable name="minute" select="concat(format-number(floor(. mod 86400 div 3600), '00'), ':', format-number(floor(. mod 3600 div 60), '00'))"/>
    <time datetime="{$date}T{$minute}:{format-number(. mod 60, '00')}Z"><xsl:value-of select="concat($date, ' ', $minute, ' UTC')"/></time>
  </xsl:template>

</xsl:stylesheet>
