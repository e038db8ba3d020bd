<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What a command returned: one value. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:result">
    <section class="result" aria-labelledby="result">
      <h2 id="result">Result</h2>
      <xsl:apply-templates select="*"/>
    </section>
  </xsl:template>
  <xsl:template match="hv:result[not(*)]">
    <p class="note done" role="status">Done.</p>
  </xsl:template>

  <!-- With a unit: unit.xsl. Booleans and versions: property.xsl. XML: source.xsl. Objects: link.xsl. -->
  <xsl:template match="hv:integer[not(@unit)] | hv:double[not(@unit)]"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="hv:integer[@unit] | hv:double[@unit]" priority="1">
    <xsl:variable name="quantity"><xsl:apply-templates select="." mode="quantity"/></xsl:variable>
    <xsl:value-of select="$quantity"/>
    <xsl:if test="not(starts-with($quantity, concat(., ' ')) or @unit = 'none')">
      <xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="concat(., ' ', @unit)"/></span>
    </xsl:if>
  </xsl:template>

  <xsl:template match="hv:string"><span class="prose"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:string[. = '']"><span class="quiet">empty</span></xsl:template>

  <xsl:template match="hv:enum"><code><xsl:value-of select="@name"/></code><xsl:text> </xsl:text><span class="quiet"><xsl:value-of select="."/></span></xsl:template>
  <xsl:template match="hv:enum[not(@name)]"><xsl:value-of select="."/><xsl:text> </xsl:text><span class="quiet">a constant that this server does not know</span></xsl:template>

  <xsl:template match="hv:bytes"><pre class="source" tabindex="0" role="region" aria-label="Bytes, in base64"><code><xsl:value-of select="."/></code></pre></xsl:template>
  <xsl:template match="hv:bytes[. = '']"><span class="quiet">no bytes</span></xsl:template>

  <xsl:template match="hv:cpus"><code><xsl:value-of select="."/></code></xsl:template>
  <xsl:template match="hv:cpus[. = '']"><span class="quiet">no CPU</span></xsl:template>

  <xsl:template match="hv:list[not(*)]"><span class="quiet">none</span></xsl:template>
  <xsl:template match="hv:list"><ul class="values"><xsl:apply-templates select="*" mode="item"/></ul></xsl:template>
  <xsl:template match="hv:list/*" mode="item"><li><xsl:apply-templates select="."/></li></xsl:template>

  <!-- Structures that all have the same few plain fields are the rows of a table. -->
  <xsl:template match="hv:list[hv:structure[2]][not(*[not(self::hv:structure)])]" priority="1">
    <xsl:variable name="first" select="hv:structure[1]/hv:field"/>
    <xsl:choose>
      <xsl:when test="count($first) &lt;= 8 and $first
                      and not(hv:structure[count(hv:field) != count($first)])
                      and not(hv:structure/hv:field[not(@name = $first/@name) or hv:structure or hv:list or hv:xml or hv:bytes])">
        <div class="scroll" tabindex="0" role="region" aria-label="Values">
          <table class="values">
            <thead><tr><xsl:apply-templates select="$first" mode="heading"/></tr></thead>
            <tbody><xsl:apply-templates select="hv:structure" mode="row"/></tbody>
          </table>
        </div>
      </xsl:when>
      <xsl:otherwise><ul class="values"><xsl:apply-templates select="*" mode="item"/></ul></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="hv:field" mode="heading"><th scope="col"><code><xsl:value-of select="@name"/></code></th></xsl:template>
  <xsl:template match="hv:structure" mode="row"><tr><xsl:apply-templates select="hv:field" mode="item"/></tr></xsl:template>
  <xsl:template match="hv:field" mode="item"><td><xsl:apply-templates select="*"/></td></xsl:template>

  <xsl:template match="hv:structure">
    <table class="structure"><tbody><xsl:apply-templates select="hv:field"/></tbody></table>
  </xsl:template>
  <xsl:template match="hv:structure[not(hv:field)]"><span class="quiet">no fields</span></xsl:template>
  <xsl:template match="hv:field">
    <tr><th scope="row"><code><xsl:value-of select="@name"/></code></th><td><xsl:apply-templates select="*"/></td></tr>
  </xsl:template>

</xsl:stylesheet>
