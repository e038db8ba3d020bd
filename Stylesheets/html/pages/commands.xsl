<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The reference: all commands, or one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../layout.xsl"/>
  <xsl:include href="../parts/reference.xsl"/>

  <xsl:key name="object" match="hv:commands/hv:command" use="hv:object/@rel"/>

  <xsl:template match="hv:commands" mode="title">Commands</xsl:template>
  <xsl:template match="hv:commands[hv:command/hv:parameters]" mode="title"><xsl:value-of select="hv:command/@name"/></xsl:template>

  <xsl:template match="hv:commands">
    <div class="heading">
      <h1>Commands</h1>
      <p class="title">Every function of libvirt that this server speaks. Add one to the address of a VM or a host to run it.</p>
    </div>
    <nav class="filters" aria-label="Objects">
      <ul><xsl:apply-templates select="hv:command[generate-id() = generate-id(key('object', hv:object/@rel))]" mode="place"/></ul>
    </nav>
    <xsl:apply-templates select="hv:command[generate-id() = generate-id(key('object', hv:object/@rel))]" mode="group"/>
  </xsl:template>

  <xsl:template match="hv:command" mode="place">
    <li><a href="#{hv:object/@rel}"><xsl:value-of select="hv:object/@rel"/><xsl:text> </xsl:text><span class="count"><xsl:value-of select="count(key('object', hv:object/@rel))"/></span></a></li>
  </xsl:template>

  <!-- The first command of its kind of object stands for all. -->
  <xsl:template match="hv:command" mode="group">
    <section aria-labelledby="{hv:object/@rel}">
      <h2 id="{hv:object/@rel}">Of a <xsl:value-of select="hv:object/@rel"/></h2>
      <table class="reference">
        <thead><tr><th scope="col">Command</th><th scope="col">What it does</th><th scope="col">Method</th></tr></thead>
        <tbody><xsl:apply-templates select="key('object', hv:object/@rel)" mode="row"/></tbody>
      </table>
    </section>
  </xsl:template>

  <xsl:template match="hv:command" mode="row">
    <xsl:text>&#10;</xsl:text>
    <tr>
      <th scope="row" class="name"><a href="{@href}"><code><xsl:value-of select="@name"/></code></a></th>
      <td class="summary"><xsl:apply-templates select="hv:summary"/></td>
      <td class="method"><xsl:apply-templates select="hv:method"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="hv:commands/hv:command" mode="claim"/>

</xsl:stylesheet>
