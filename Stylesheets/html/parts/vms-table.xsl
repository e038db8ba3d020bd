<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The table of VMs. On a narrow screen the style sheet makes a card of each row. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:vms" mode="table">
    <table class="vms">
      <caption class="hidden"><xsl:apply-templates select="." mode="title"/>, <xsl:value-of select="hv:total"/> in all</caption>
      <thead>
        <tr>
          <xsl:apply-templates select="hv:sorts/hv:sort" mode="heading"/>
          <xsl:if test="not(hv:sorts)">
            <th scope="col">Name</th><th scope="col">State</th><th scope="col">Host</th>
            <th scope="col">Owner</th><th scope="col">vCPUs</th><th scope="col">Memory</th>
          </xsl:if>
          <xsl:if test="hv:query/hv:usage"><th scope="col" class="cpu">CPU</th><th scope="col" class="resident">Host memory</th></xsl:if>
          <th scope="col">Actions</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="hv:vm" mode="row"/></tbody>
    </table>
  </xsl:template>

  <!-- Nothing to show: say why, and what to do -->
  <xsl:template match="hv:vms[not(hv:vm)]" mode="table">
    <div class="empty">
      <xsl:choose>
        <xsl:when test="hv:query/hv:q or hv:query/hv:state or hv:query/hv:host">
          <p><strong>No VM matches this search.</strong></p>
          <p><a class="button" href="{$path}">Show all VMs</a></p>
        </xsl:when>
        <xsl:when test="hv:host">
          <p><strong>No VM is known yet.</strong></p>
          <p>A host does not answer; its VMs appear as soon as it does.</p>
        </xsl:when>
        <xsl:when test="hv:link[@rel = 'create']">
          <p><strong>There is no VM here yet.</strong></p>
          <p>Create the first one with “New VM”, or define one with <code>virsh define</code> on a host: it appears by itself.</p>
        </xsl:when>
        <xsl:otherwise>
          <p><strong>There is no VM here that you may see.</strong></p>
          <p>See <a href="/hosts">the hosts</a> for what is connected.</p>
        </xsl:otherwise>
      </xsl:choose>
    </div>
  </xsl:template>

  <!-- The headings, which sort -->
  <xsl:template match="hv:sort" mode="heading">
    <th scope="col" class="{@name}">
      <xsl:if test="string(.)"><xsl:attribute name="aria-sort"><xsl:value-of select="."/></xsl:attribute></xsl:if>
      <a href="{@href}"><xsl:apply-templates select="." mode="title"/></a>
    </th>
  </xsl:template>
  <xsl:template match="hv:sort[@name = 'name']" mode="title">Name</xsl:template>
  <xsl:template match="hv:sort[@name = 'state']" mode="title">State</xsl:template>
  <xsl:template match="hv:sort[@name = 'host']" mode="title">Host</xsl:template>
  <xsl:template match="hv:sort[@name = 'owner']" mode="title">Owner</xsl:template>
  <xsl:template match="hv:sort[@name = 'vcpus']" mode="title">vCPUs</xsl:template>
  <xsl:template match="hv:sort[@name = 'memory']" mode="title">Memory</xsl:template>

  <!-- The row. The primary action that is possible is shown; those that are not, only if none is. -->
  <xsl:template match="hv:vm" mode="row">
    <xsl:variable name="now" select="hv:action[@rel = 'primary'][not(hv:obstacle)]"/>
    <xsl:text>&#10;</xsl:text>
    <tr>
      <xsl:if test="hv:stale or hv:announced"><xsl:attribute name="class">old</xsl:attribute></xsl:if>
      <th scope="row" class="name">
        <a href="{@href}"><xsl:value-of select="hv:name"/></a>
        <xsl:apply-templates select="hv:title | hv:tags[hv:tag] | hv:stale | hv:announced" mode="row"/>
        <xsl:if test="$candidates"><span class="title"><xsl:apply-templates select="hv:uuid"/></span></xsl:if>
      </th>
      <td class="state"><xsl:apply-templates select="hv:state"/><xsl:apply-templates select="hv:conflict" mode="badge"/></td>
      <td class="host"><xsl:apply-templates select="hv:host"/><xsl:apply-templates select="hv:also" mode="copies"/></td>
      <td class="owner"><xsl:apply-templates select="hv:owner"/><xsl:apply-templates select="hv:dispute" mode="badge"/></td>
      <td class="vcpus"><xsl:apply-templates select="hv:vcpus"/></td>
      <td class="memory"><xsl:apply-templates select="hv:memory"/></td>
      <xsl:if test="../hv:query/hv:usage">
        <td class="cpu"><xsl:apply-templates select="hv:usage/hv:cpu" mode="share"/></td>
        <td class="resident"><xsl:apply-templates select="hv:usage/hv:resident-memory"/></td>
      </xsl:if>
      <td class="actions">
        <div class="toolbar">
          <xsl:if test="hv:conflict and not(hv:action)"><a class="button" href="{@href}">Choose a copy</a></xsl:if>
          <xsl:apply-templates select="$now" mode="button"/>
          <xsl:if test="not($now)"><xsl:apply-templates select="hv:action[@rel = 'primary']" mode="button"/></xsl:if>
          <xsl:apply-templates select="hv:action[@rel = 'secondary']" mode="button"/>
        </div>
      </td>
    </tr>
  </xsl:template>
  <!-- One CPU is 100 %; the bar is full where all that the VM has are. -->
  <xsl:template match="hv:cpu" mode="share">
    <xsl:apply-templates select="."/>
    <meter min="0" max="{100 * ../../hv:vcpus}" value="{.}" aria-hidden="true"/>
  </xsl:template>
  <xsl:template match="hv:title" mode="row"><span class="title"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:announced" mode="row"><span class="title">announced only</span></xsl:template>
  <xsl:template match="hv:tags | hv:stale" mode="row"><xsl:apply-templates select="."/></xsl:template>

</xsl:stylesheet>
