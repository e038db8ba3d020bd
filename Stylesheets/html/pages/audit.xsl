<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- Who did what, the newest first. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>

  <xsl:template match="hv:audit" mode="title">Audit</xsl:template>

  <xsl:template match="/hv:audit">
    <div class="heading">
      <h1>Audit</h1>
      <p class="title">What this server knows of the last things that were done or refused through it; another replica has its own. The whole is where the setting <code>audit</code> says.</p>
    </div>
    <xsl:apply-templates select="hv:query"/>
    <xsl:apply-templates select="." mode="table"/>
  </xsl:template>

  <!-- mode `table`: the records, or that there are none -->
  <xsl:template match="hv:audit" mode="table"><div class="empty"><p><strong>Nothing of that kind is known.</strong></p></div></xsl:template>
  <xsl:template match="hv:audit[hv:record]" mode="table">
    <xsl:if test="hv:total &gt; count(hv:record)">
      <p class="quiet">The last <xsl:value-of select="count(hv:record)"/> of <xsl:value-of select="hv:total"/>.</p>
    </xsl:if>
    <table class="audit">
      <caption class="hidden">Records, <xsl:value-of select="count(hv:record)"/> in all</caption>
      <thead>
        <tr><th scope="col">Time (UTC)</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">On what</th><th scope="col">Outcome</th></tr>
      </thead>
      <tbody><xsl:apply-templates select="hv:record" mode="row"/></tbody>
    </table>
  </xsl:template>

  <xsl:template match="hv:audit/hv:query">
    <form class="search" role="search" method="get" action="/audit">
      <label>Who <input name="caller" value="{hv:caller}" autocomplete="off"/></label>
      <label>UUID <input name="uuid" value="{hv:uuid}" autocomplete="off"/></label>
      <label>
        <xsl:text>Event </xsl:text>
        <input name="event" value="{hv:event}" list="events" autocomplete="off"/>
      </label>
      <datalist id="events">
        <option value="command"/><option value="end"/><option value="denial"/><option value="login"/><option value="logout"/><option value="token"/><option value="user"/><option value="owner"/><option value="host"/>
      </datalist>
      <button class="button">Filter</button>
      <xsl:if test="hv:caller or hv:uuid or hv:event"><a class="quiet" href="/audit">Show all</a></xsl:if>
    </form>
  </xsl:template>

  <xsl:template match="hv:record" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name time"><time datetime="{hv:time}"><xsl:value-of select="translate(substring(hv:time, 1, 19), 'T', ' ')"/></time></th>
      <td class="caller">
        <xsl:apply-templates select="hv:caller"/>
        <xsl:if test="not(hv:caller)"><span class="quiet">nobody known</span></xsl:if>
        <xsl:apply-templates select="hv:address"/>
      </td>
      <td class="command">
        <xsl:apply-templates select="hv:event"/>
        <xsl:if test="hv:command"><xsl:text> </xsl:text><code><xsl:value-of select="hv:command"/></code></xsl:if>
        <xsl:if test="hv:parameter"><span class="title"><xsl:apply-templates select="hv:parameter"/></span></xsl:if>
        <xsl:if test="not(hv:command) and hv:permission"><span class="title"><xsl:apply-templates select="hv:permission"/></span></xsl:if>
      </td>
      <td class="object">
        <xsl:apply-templates select="hv:object"/>
        <xsl:apply-templates select="hv:host"/>
      </td>
      <td class="outcome">
        <xsl:apply-templates select="hv:outcome | hv:decision[not(../hv:outcome)]"/>
        <xsl:apply-templates select="hv:code | hv:duration"/>
        <xsl:apply-templates select="hv:count"/>
        <xsl:if test="hv:reason"><span class="title"><xsl:value-of select="hv:reason"/></span></xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="hv:record/hv:caller"><a href="{@href}"><xsl:value-of select="."/></a></xsl:template>
  <xsl:template match="hv:record/hv:address"><span class="title"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:record/hv:event"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:record/hv:permission"><xsl:value-of select="."/><xsl:if test="position() != last()">, </xsl:if></xsl:template>
  <xsl:template match="hv:record/hv:parameter">
    <xsl:value-of select="@name"/>=<xsl:value-of select="."/><xsl:if test="position() != last()">, </xsl:if>
  </xsl:template>
  <xsl:template match="hv:record/hv:object"><xsl:apply-templates select="." mode="called"/></xsl:template>
  <xsl:template match="hv:record/hv:object[@href]"><a href="{@href}"><xsl:apply-templates select="." mode="called"/></a></xsl:template>
  <!-- mode `called`: its name, or else its UUID -->
  <xsl:template match="hv:object" mode="called"><xsl:value-of select="@name"/></xsl:template>
  <xsl:template match="hv:object[not(@name)]" mode="called"><xsl:value-of select="hv:uuid"/></xsl:template>
  <xsl:template match="hv:record/hv:host"><span class="title"><xsl:value-of select="@name"/></span></xsl:template>
  <xsl:template match="hv:record/hv:host[@href]"><span class="title">on <a href="{@href}"><xsl:value-of select="@name"/></a></span></xsl:template>
  <xsl:template match="hv:record/hv:outcome | hv:record/hv:decision"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:record/hv:outcome[. != 'ok'] | hv:record/hv:decision[. = 'denied']"><strong><xsl:value-of select="."/></strong></xsl:template>
  <xsl:template match="hv:record/hv:code"><span class="title"><code><xsl:value-of select="."/></code></span></xsl:template>
  <xsl:template match="hv:record/hv:count"><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="."/> times</span></xsl:template>
  <xsl:template match="hv:record/hv:duration"><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="."/> ms</span></xsl:template>

  <xsl:template match="hv:audit/hv:query | hv:audit/hv:total | hv:audit/hv:record" mode="claim"/>

</xsl:stylesheet>
