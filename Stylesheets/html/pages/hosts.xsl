<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The list of hosts. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/host-load.xsl"/>

  <xsl:template match="hv:hosts" mode="title">Hosts</xsl:template>

  <xsl:template match="hv:hosts">
    <div class="heading"><h1>Hosts</h1></div>
    <table class="hosts">
      <caption class="hidden">Hosts, <xsl:value-of select="count(hv:host)"/> in all</caption>
      <thead>
        <tr>
          <th scope="col">Name</th><th scope="col">State</th><th scope="col">Driver</th>
          <th scope="col">VMs running</th><th scope="col">vCPUs in use</th><th scope="col">Memory in use</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="hv:host" mode="row"/></tbody>
    </table>
    <xsl:apply-templates select="." mode="announced"/>
  </xsl:template>
  <xsl:template match="hv:hosts[not(hv:host)]">
    <div class="heading"><h1>Hosts</h1></div>
    <div class="empty">
      <p><strong>No host is connected.</strong></p>
      <p>Name one with <code>--connect URI</code>, or find them on the network with <code>--discover</code>.</p>
    </div>
    <xsl:apply-templates select="." mode="announced"/>
  </xsl:template>

  <!-- mode `announced`: what was heard on the network, and what became of it -->
  <xsl:template match="hv:hosts" mode="announced"/>
  <xsl:template match="hv:hosts[hv:announced]" mode="announced">
    <section aria-labelledby="announced">
      <h2 id="announced">Announced on the network</h2>
      <p class="quiet">Anyone can announce anything. A host is connected to if the configuration file allows it.</p>
      <table class="announced">
        <caption class="hidden">Announced hosts, <xsl:value-of select="count(hv:announced)"/> in all</caption>
        <thead>
          <tr><th scope="col">Announced name</th><th scope="col">Address</th><th scope="col">Driver</th><th scope="col">VMs announced</th><th scope="col">What became of it</th></tr>
        </thead>
        <tbody><xsl:apply-templates select="hv:announced" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:announced" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <xsl:if test="hv:gone"><xsl:attribute name="class">old</xsl:attribute></xsl:if>
      <th scope="row" class="name"><xsl:value-of select="@name"/><xsl:if test="hv:uuid"><span class="title"><xsl:apply-templates select="hv:uuid"/></span></xsl:if></th>
      <td class="address"><xsl:apply-templates select="hv:address"/></td>
      <td class="driver"><xsl:apply-templates select="hv:driver"/></td>
      <td class="domains"><xsl:value-of select="hv:domains"/></td>
      <td class="state">
        <xsl:apply-templates select="hv:state" mode="standing"/>
        <xsl:if test="hv:gone"><span class="title">gone for <xsl:apply-templates select="hv:gone" mode="age"/></span></xsl:if>
      </td>
    </tr>
  </xsl:template>
  <xsl:template match="hv:announced/hv:address"><code class="line"><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="hv:state" mode="standing">joined<xsl:if test="../hv:host"> as <xsl:apply-templates select="../hv:host" mode="named"/></xsl:if></xsl:template>
  <xsl:template match="hv:state[. = 'known']" mode="standing">the same as <xsl:apply-templates select="../hv:host" mode="named"/>, which is configured</xsl:template>
  <xsl:template match="hv:state[. = 'refused']" mode="standing">refused<span class="title"><xsl:value-of select="../hv:reason"/></span></xsl:template>

  <xsl:template match="hv:host" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <xsl:if test="hv:stale"><xsl:attribute name="class">old</xsl:attribute></xsl:if>
      <th scope="row" class="name">
        <xsl:apply-templates select="." mode="named"/>
        <span class="title"><xsl:apply-templates select="hv:uri"/></span>
        <xsl:if test="hv:pool"><span class="title">pool <a href="/settings"><xsl:value-of select="hv:pool"/></a></span></xsl:if>
      </th>
      <td class="state">
        <xsl:apply-templates select="hv:state"/>
        <xsl:apply-templates select="hv:fault | hv:stale" mode="row"/>
      </td>
      <td class="driver">
        <xsl:apply-templates select="hv:driver"/>
        <xsl:if test="hv:libvirt-version"><span class="title">libvirt <xsl:apply-templates select="hv:libvirt-version"/></span></xsl:if>
      </td>
      <td class="running"><xsl:apply-templates select="hv:vms" mode="running"/></td>
      <td class="vcpus"><xsl:apply-templates select="hv:vms/hv:vcpus" mode="load"/></td>
      <td class="memory"><xsl:apply-templates select="hv:vms/hv:memory" mode="load"/></td>
    </tr>
  </xsl:template>
  <!-- mode `named`: the link to it; a title is shown in place of the name, which stands beside it -->
  <xsl:template match="hv:host" mode="named"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:template>
  <xsl:template match="hv:host[hv:title]" mode="named">
    <a href="{@href}"><xsl:value-of select="hv:title"/></a><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="@name"/></span>
  </xsl:template>
  <xsl:template match="hv:fault" mode="row"><span class="title"><xsl:apply-templates select="hv:message"/></span></xsl:template>
  <xsl:template match="hv:stale" mode="row"><xsl:apply-templates select="."/></xsl:template>

  <xsl:template match="hv:hosts/hv:host | hv:hosts/hv:announced" mode="claim"/>

</xsl:stylesheet>
