<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What the kinds of objects are called. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- mode `plural`: of a list, of one, and of what links to the list -->
  <xsl:template match="hv:networks | hv:network | hv:link[@name = 'networks']" mode="plural">Networks</xsl:template>
  <xsl:template match="hv:ports | hv:port | hv:link[@name = 'ports']" mode="plural">Ports</xsl:template>
  <xsl:template match="hv:pools | hv:pool | hv:link[@name = 'pools']" mode="plural">Storage pools</xsl:template>
  <xsl:template match="hv:volumes | hv:volume | hv:link[@name = 'volumes']" mode="plural">Volumes</xsl:template>
  <xsl:template match="hv:interfaces | hv:interface | hv:link[@name = 'interfaces']" mode="plural">Interfaces</xsl:template>
  <xsl:template match="hv:devices | hv:device | hv:link[@name = 'devices']" mode="plural">Devices</xsl:template>
  <xsl:template match="hv:filters | hv:filter | hv:link[@name = 'filters']" mode="plural">Network filters</xsl:template>
  <xsl:template match="hv:bindings | hv:binding | hv:link[@name = 'bindings']" mode="plural">Filter bindings</xsl:template>
  <xsl:template match="hv:secrets | hv:secret | hv:link[@name = 'secrets']" mode="plural">Secrets</xsl:template>
  <xsl:template match="hv:snapshots | hv:snapshot | hv:link[@name = 'snapshots']" mode="plural">Snapshots</xsl:template>
  <xsl:template match="hv:checkpoints | hv:checkpoint | hv:link[@name = 'checkpoints']" mode="plural">Checkpoints</xsl:template>

  <!-- mode `kind`: one of them -->
  <xsl:template match="hv:host | hv:object[@rel = 'host']" mode="kind">host</xsl:template>
  <xsl:template match="hv:vm | hv:object[@rel = 'domain']" mode="kind">VM</xsl:template>
  <xsl:template match="hv:networks | hv:network | hv:object[@rel = 'network']" mode="kind">network</xsl:template>
  <xsl:template match="hv:ports | hv:port | hv:object[@rel = 'port']" mode="kind">port</xsl:template>
  <xsl:template match="hv:pools | hv:pool | hv:object[@rel = 'pool']" mode="kind">pool</xsl:template>
  <xsl:template match="hv:volumes | hv:volume | hv:object[@rel = 'volume']" mode="kind">volume</xsl:template>
  <xsl:template match="hv:interfaces | hv:interface | hv:object[@rel = 'interface']" mode="kind">interface</xsl:template>
  <xsl:template match="hv:devices | hv:device | hv:object[@rel = 'device']" mode="kind">device</xsl:template>
  <xsl:template match="hv:filters | hv:filter | hv:object[@rel = 'filter']" mode="kind">network filter</xsl:template>
  <xsl:template match="hv:bindings | hv:binding | hv:object[@rel = 'binding']" mode="kind">filter binding</xsl:template>
  <xsl:template match="hv:secrets | hv:secret | hv:object[@rel = 'secret']" mode="kind">secret</xsl:template>
  <xsl:template match="hv:snapshots | hv:snapshot | hv:object[@rel = 'snapshot']" mode="kind">snapshot</xsl:template>
  <xsl:template match="hv:checkpoints | hv:checkpoint | hv:object[@rel = 'checkpoint']" mode="kind">checkpoint</xsl:template>

  <!-- mode `article` -->
  <xsl:template match="hv:*" mode="article">a <xsl:apply-templates select="." mode="kind"/></xsl:template>
  <xsl:template match="hv:object[@rel = 'interface']" mode="article">an interface</xsl:template>

  <!-- mode `kind-first`: at the beginning of a line -->
  <xsl:template match="hv:*" mode="kind-first">
    <xsl:variable name="kind"><xsl:apply-templates select="." mode="kind"/></xsl:variable>
    <xsl:value-of select="concat(translate(substring($kind, 1, 1), 'bcdfhinpsv', 'BCDFHINPSV'), substring($kind, 2))"/>
  </xsl:template>

</xsl:stylesheet>
