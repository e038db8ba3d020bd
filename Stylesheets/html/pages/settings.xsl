<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What the server was told, and where. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:settings" mode="title">Settings</xsl:template>

  <xsl:template match="/hv:settings">
    <div class="heading">
      <h1>Settings</h1>
      <p class="title">As the server was started. A flag beats the environment, that beats the file, and that the default.</p>
    </div>
    <xsl:apply-templates select="hv:options | hv:hosts | hv:discovery | hv:grants | hv:roles | hv:groups | hv:owners | hv:pools | hv:deadlines | hv:limits" mode="section"/>
  </xsl:template>

  <!-- mode `section`: a table with its heading -->
  <xsl:template match="hv:options" mode="section">
    <section aria-labelledby="options">
      <h2 id="options">Options</h2>
      <table class="settings">
        <caption class="hidden">Options</caption>
        <thead><tr><th scope="col">Option</th><th scope="col">Value</th><th scope="col">From</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:option" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:deadlines" mode="section">
    <section aria-labelledby="deadlines">
      <h2 id="deadlines">Deadlines</h2>
      <table class="settings">
        <caption class="hidden">Deadlines of calls to hosts</caption>
        <thead><tr><th scope="col">Calls</th><th scope="col">At most</th><th scope="col">From</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:deadline" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:limits" mode="section">
    <section aria-labelledby="limits">
      <h2 id="limits">Limits</h2>
      <table class="settings">
        <caption class="hidden">Limits of requests and connections</caption>
        <thead><tr><th scope="col">Of</th><th scope="col">At most</th><th scope="col">From</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:limit" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:hosts" mode="section">
    <section aria-labelledby="hosts">
      <h2 id="hosts">Hosts</h2>
      <table class="settings">
        <caption class="hidden">Hosts</caption>
        <thead><tr><th scope="col">Host</th><th scope="col">Connection</th><th scope="col">Pool</th><th scope="col">From</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:host" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:hosts[not(hv:host)]" mode="section">
    <section aria-labelledby="hosts"><h2 id="hosts">Hosts</h2><p class="note">There is no host that you may see.</p></section>
  </xsl:template>
  <xsl:template match="hv:discovery" mode="section">
    <section aria-labelledby="discovery">
      <h2 id="discovery">Discovery</h2>
      <p class="quiet">
        <xsl:text>A host stays for </xsl:text><xsl:apply-templates select="hv:keep/hv:value"/>
        <xsl:text> after its announcement went. The first rule that fits an announced host says how it is joined.</xsl:text>
      </p>
      <xsl:if test="hv:rule">
        <table class="settings">
          <caption class="hidden">Rules of discovery</caption>
          <thead><tr><th scope="col">Announced host</th><th scope="col">Connection</th><th scope="col">Pool</th></tr></thead>
          <tbody><xsl:apply-templates select="hv:rule" mode="row"/></tbody>
        </table>
      </xsl:if>
      <xsl:if test="not(hv:rule)"><p class="note">There is no rule, so none is joined but by <code>--trust-network</code>.</p></xsl:if>
    </section>
  </xsl:template>
  <xsl:template match="hv:rule" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><xsl:apply-templates select="hv:name | hv:network | hv:ca" mode="line"/></th>
      <td class="value"><code><xsl:value-of select="hv:transport"/></code><xsl:apply-templates select="hv:tls/*" mode="line"/></td>
      <td class="pool"><xsl:value-of select="hv:pool"/><xsl:if test="not(hv:pool)"><span class="quiet">none</span></xsl:if></td>
    </tr>
  </xsl:template>
  <xsl:template match="hv:rule/hv:name" mode="label">name</xsl:template>
  <xsl:template match="hv:rule/hv:network" mode="label">network</xsl:template>
  <xsl:template match="hv:rule/hv:ca" mode="label">certificate of</xsl:template>

  <xsl:template match="hv:settings/hv:pools" mode="section">
    <section aria-labelledby="pools">
      <h2 id="pools">Pools</h2>
      <table class="settings">
        <caption class="hidden">Pools</caption>
        <thead><tr><th scope="col">Pool</th><th scope="col">What may be done at most on its hosts</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:pool" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:pools[not(hv:pool)]" mode="section"/>

  <xsl:template match="hv:option" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><code><xsl:value-of select="@name"/></code></th>
      <td class="value"><xsl:apply-templates select="hv:value"/><xsl:if test="not(hv:value)"><span class="quiet">none</span></xsl:if></td>
      <td class="origin"><xsl:apply-templates select="hv:origin"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="hv:deadline | hv:limit" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><code><xsl:value-of select="@name"/></code><span class="title"><xsl:apply-templates select="." mode="title"/></span></th>
      <td class="value"><xsl:apply-templates select="hv:value"/></td>
      <td class="origin"><xsl:apply-templates select="hv:origin"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="hv:deadline | hv:limit" mode="title"/>
  <xsl:template match="hv:limit[@name = 'connections']" mode="title">at once</xsl:template>
  <xsl:template match="hv:limit[@name = 'connections-per-address']" mode="title">at once, that are no trusted proxy's</xsl:template>
  <xsl:template match="hv:limit[@name = 'requests']" mode="title">answered at once</xsl:template>
  <xsl:template match="hv:limit[@name = 'requests-per-caller']" mode="title">answered at once</xsl:template>
  <xsl:template match="hv:limit[@name = 'head-time']" mode="title">until a request's headers are there</xsl:template>
  <xsl:template match="hv:limit[@name = 'request-time']" mode="title">until a request is there whole</xsl:template>
  <xsl:template match="hv:limit[@name = 'idle-time']" mode="title">without a byte</xsl:template>
  <xsl:template match="hv:limit[@name = 'line']" mode="title">the first of a request</xsl:template>
  <xsl:template match="hv:limit[@name = 'parameters']" mode="title">of a query or a form</xsl:template>
  <xsl:template match="hv:limit[@name = 'parts']" mode="title">of a multipart form</xsl:template>
  <xsl:template match="hv:deadline[@name = 'reading']" mode="title">that only look</xsl:template>
  <xsl:template match="hv:deadline[@name = 'acting']" mode="title">that change something</xsl:template>
  <xsl:template match="hv:deadline[@name = 'lasting']" mode="title">that are known to take long</xsl:template>

  <xsl:template match="hv:settings/hv:hosts/hv:host" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name">
        <a href="{@href}"><xsl:value-of select="@name"/></a>
        <xsl:if test="hv:title"><span class="title"><xsl:apply-templates select="hv:title"/></span></xsl:if>
      </th>
      <td class="value"><xsl:apply-templates select="hv:uri"/><xsl:apply-templates select="hv:migration-uri | hv:tls/*" mode="line"/></td>
      <td class="pool"><xsl:apply-templates select="hv:pool"/><xsl:if test="not(hv:pool)"><span class="quiet">none</span></xsl:if></td>
      <td class="origin"><xsl:apply-templates select="hv:origin"/></td>
    </tr>
  </xsl:template>
  <!-- mode `line`: below the URI -->
  <xsl:template match="hv:*" mode="line">
    <span class="title"><xsl:apply-templates select="." mode="label"/><xsl:text> </xsl:text><code><xsl:value-of select="."/></code></span>
  </xsl:template>
  <xsl:template match="hv:migration-uri" mode="label">for migrations</xsl:template>
  <xsl:template match="hv:tls/hv:name" mode="label">name in its certificate</xsl:template>
  <xsl:template match="hv:tls/hv:ca" mode="label">authority</xsl:template>
  <xsl:template match="hv:tls/hv:certificate" mode="label">own certificate</xsl:template>
  <xsl:template match="hv:tls/hv:key" mode="label">own key</xsl:template>

  <!-- Who may do what -->
  <xsl:template match="hv:settings/hv:grants" mode="section">
    <section aria-labelledby="grants">
      <h2 id="grants">Grants</h2>
      <p class="quiet">Whoever is authenticated is <code>owner</code> of what is his, without a grant.</p>
      <xsl:if test="hv:grant">
        <table class="settings">
          <caption class="hidden">Grants</caption>
          <thead><tr><th scope="col">To</th><th scope="col">Role</th><th scope="col">On</th></tr></thead>
          <tbody>
            <xsl:for-each select="hv:grant">
              <tr>
                <th scope="row" class="name"><xsl:value-of select="hv:user | hv:group"/><xsl:if test="hv:group"><span class="title">group</span></xsl:if></th>
                <td class="value"><xsl:value-of select="hv:role"/></td>
                <td class="value"><code><xsl:value-of select="hv:on"/></code></td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </xsl:if>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:roles" mode="section">
    <section aria-labelledby="roles">
      <h2 id="roles">Roles</h2>
      <table class="settings">
        <caption class="hidden">Roles</caption>
        <thead><tr><th scope="col">Role</th><th scope="col">Permissions</th></tr></thead>
        <tbody><xsl:apply-templates select="hv:role" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:groups[not(hv:group)] | hv:settings/hv:owners[not(hv:owner)]" mode="section" priority="1"/>
  <xsl:template match="hv:settings/hv:groups" mode="section">
    <section aria-labelledby="groups">
      <h2 id="groups">Groups</h2>
      <table class="settings">
        <caption class="hidden">Groups</caption>
        <thead><tr><th scope="col">Group</th><th scope="col">Members</th></tr></thead>
        <tbody>
          <xsl:for-each select="hv:group">
            <tr>
              <th scope="row" class="name"><xsl:value-of select="@name"/></th>
              <td class="value"><xsl:for-each select="hv:member"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="."/></xsl:for-each></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>
  <xsl:template match="hv:settings/hv:owners" mode="section">
    <section aria-labelledby="owners">
      <h2 id="owners">Owners by configuration</h2>
      <table class="settings">
        <caption class="hidden">Owners</caption>
        <thead><tr><th scope="col">Owner</th><th scope="col">Of</th></tr></thead>
        <tbody>
          <xsl:for-each select="hv:owner">
            <tr>
              <th scope="row" class="name"><xsl:value-of select="@name"/></th>
              <td class="value"><xsl:for-each select="hv:pattern"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/><xsl:text> </xsl:text><code><xsl:value-of select="."/></code></xsl:for-each></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="hv:pools/hv:pool | hv:roles/hv:role" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><xsl:value-of select="@name"/></th>
      <td class="value">
        <xsl:for-each select="hv:permission"><xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if><xsl:apply-templates select="."/></xsl:for-each>
        <xsl:if test="not(hv:permission)">nothing at all</xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="hv:option/hv:value"><code class="line"><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="hv:limit/hv:value[not(@unit)]"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:host/hv:pool"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:origin"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:origin[. = 'flag']">command line</xsl:template>
  <xsl:template match="hv:origin[. = 'default']"><span class="quiet">default</span></xsl:template>

  <xsl:template match="hv:settings/hv:options | hv:settings/hv:deadlines | hv:settings/hv:limits | hv:settings/hv:discovery | hv:settings/hv:hosts | hv:settings/hv:pools
                       | hv:settings/hv:roles | hv:settings/hv:groups | hv:settings/hv:grants | hv:settings/hv:owners" mode="claim"/>

</xsl:stylesheet>
