<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The fields of libvirt's other objects. Labels: label.xsl. What has a unit: unit.xsl, time.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:forward | hv:type | hv:group | hv:capability | hv:usage"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:bridge | hv:mac"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="hv:type[@name] | hv:usage-type"><span title="{@name}"><xsl:value-of select="."/></span></xsl:template>

  <xsl:template match="hv:active"><span class="state" data-state="inactive">inactive</span></xsl:template>
  <xsl:template match="hv:active[. = 'true']"><span class="state" data-state="active">active</span></xsl:template>
  <xsl:template match="hv:current | hv:ephemeral | hv:private">
    <xsl:choose><xsl:when test=". = 'true'">yes</xsl:when><xsl:otherwise>no</xsl:otherwise></xsl:choose>
  </xsl:template>

  <xsl:template match="hv:used-by"><xsl:apply-templates select="hv:vm"/></xsl:template>
  <xsl:template match="hv:used-by/hv:vm"><xsl:if test="position() &gt; 1">, </xsl:if><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:template>
  <xsl:template match="hv:parent | hv:binding/hv:filter"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:template>

  <!-- What the driver does not say -->
  <xsl:template match="hv:active[. = ''] | hv:persistent[. = ''] | hv:autostart[. = ''] | hv:current[. = ''] | hv:ephemeral[. = ''] | hv:private[. = '']
                       | hv:state[. = ''] | hv:type[. = ''] | hv:usage-type[. = '']
                       | hv:capacity[. = ''] | hv:allocation[. = ''] | hv:available[. = ''] | hv:created[. = '']" priority="1">
    <span class="quiet">not known</span>
  </xsl:template>
  <xsl:template match="hv:forward[. = ''] | hv:bridge[. = ''] | hv:mac[. = ''] | hv:group[. = ''] | hv:path[. = ''] | hv:capability[. = ''] | hv:driver[. = '']
                       | hv:usage[. = ''] | hv:description[. = ''] | hv:used-by[not(hv:vm)] | hv:parent[not(@href)]" priority="1">
    <span class="quiet">none</span>
  </xsl:template>

  <!-- mode `cell`: of a row; what the driver does not say is left blank -->
  <xsl:template match="hv:*" mode="cell">
    <td class="{local-name()}">
      <xsl:attribute name="data-label"><xsl:apply-templates select="." mode="label"/></xsl:attribute>
      <xsl:apply-templates select="."/>
    </td>
  </xsl:template>
  <xsl:template match="hv:*[not(node() or @href)]" mode="cell"><td class="{local-name()}"/></xsl:template>
  <!-- many VMs: the rest is on the object's page -->
  <xsl:template match="hv:used-by[hv:vm[6]]" mode="cell">
    <td class="used-by">
      <xsl:attribute name="data-label"><xsl:apply-templates select="." mode="label"/></xsl:attribute>
      <xsl:apply-templates select="hv:vm[position() &lt;= 4]"/>
      <xsl:text> </xsl:text><a class="quiet" href="{../@href}">and <xsl:value-of select="count(hv:vm) - 4"/> more</a>
    </td>
  </xsl:template>

</xsl:stylesheet>
