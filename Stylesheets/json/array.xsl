<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What may repeat: an array, also if there is one, also if there is none. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- The plural holds nothing but its items. -->
  <xsl:template match="hv:actions | hv:collections | hv:vms/hv:filters | hv:links | hv:list | hv:also | hv:parameters | hv:sorts | hv:tags | hv:used-by" priority="2">
    <xsl:call-template name="array"><xsl:with-param name="items" select="*"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="hv:settings/hv:options | hv:settings/hv:deadlines | hv:settings/hv:limits | hv:settings/hv:hosts | hv:settings/hv:pools
                       | hv:settings/hv:roles | hv:settings/hv:groups | hv:settings/hv:grants | hv:settings/hv:owners" priority="2">
    <xsl:call-template name="array"><xsl:with-param name="items" select="*"/></xsl:call-template>
  </xsl:template>

  <!-- Items that stand among other elements follow them, under their own name. -->
  <xsl:template match="/hv:vms" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:vm or self::hv:link or self::hv:host)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'host'"/><xsl:with-param name="items" select="hv:host"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'vm'"/><xsl:with-param name="items" select="hv:vm"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:vms/hv:vm" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:action)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'action'"/><xsl:with-param name="items" select="hv:action"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="/hv:*" priority="1.5">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:link)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="/hv:hosts" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | hv:access | hv:visibility | hv:caller | hv:warning" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'host'"/><xsl:with-param name="items" select="hv:host"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'announced'"/><xsl:with-param name="items" select="hv:announced"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:hosts/hv:announced" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:address)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'address'"/><xsl:with-param name="items" select="hv:address"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="/hv:audit" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:record or self::hv:link)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'record'"/><xsl:with-param name="items" select="hv:record"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:audit/hv:record" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:permission or self::hv:parameter)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'permission'"/><xsl:with-param name="items" select="hv:permission"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'parameter'"/><xsl:with-param name="items" select="hv:parameter"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:settings/hv:discovery" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="hv:keep" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'rule'"/><xsl:with-param name="items" select="hv:rule"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:settings/hv:groups/hv:group" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@*" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'member'"/><xsl:with-param name="items" select="hv:member"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:settings/hv:owners/hv:owner" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@*" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'pattern'"/><xsl:with-param name="items" select="hv:pattern"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="/hv:commands" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:link or self::hv:command or self::hv:function)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'command'"/><xsl:with-param name="items" select="hv:command"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'function'"/><xsl:with-param name="items" select="hv:function"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:action | hv:commands/hv:command" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:permission)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'permission'"/><xsl:with-param name="items" select="hv:permission"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:parameters/hv:parameter" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:constant or self::hv:value)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'constant'"/><xsl:with-param name="items" select="hv:constant"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'value'"/><xsl:with-param name="items" select="hv:value"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:options/hv:option" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | hv:origin" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'value'"/><xsl:with-param name="items" select="hv:value"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:settings/hv:pools/hv:pool | hv:settings/hv:roles/hv:role" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@*" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'permission'"/><xsl:with-param name="items" select="hv:permission"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>
  <xsl:template match="hv:fault" priority="2">
    <xsl:text>{</xsl:text>
    <xsl:apply-templates select="@* | *[not(self::hv:link or self::hv:method)]" mode="member"/>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'link'"/><xsl:with-param name="items" select="hv:link"/></xsl:call-template>
    <xsl:call-template name="items"><xsl:with-param name="name" select="'method'"/><xsl:with-param name="items" select="hv:method"/></xsl:call-template>
    <xsl:text>}</xsl:text>
  </xsl:template>

  <xsl:template name="items">
    <xsl:param name="name"/>
    <xsl:param name="items"/>
    <xsl:value-of select="concat(',&quot;', $name, '&quot;:')"/>
    <xsl:call-template name="array"><xsl:with-param name="items" select="$items"/></xsl:call-template>
  </xsl:template>

  <xsl:template name="array">
    <xsl:param name="items"/>
    <xsl:text>[</xsl:text>
    <xsl:for-each select="$items">
      <xsl:if test="position() &gt; 1">,</xsl:if>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
    <xsl:text>]</xsl:text>
  </xsl:template>

</xsl:stylesheet>
