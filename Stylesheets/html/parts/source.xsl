<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- XML that libvirt wrote, pretty-printed: mode `source` puts elements on lines of their own, mode `inline` changes no white space. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:xml">
    <pre class="source" tabindex="0" role="region" aria-label="XML"><code><xsl:apply-templates select="*" mode="source"/></code></pre>
  </xsl:template>

  <xsl:template match="*" mode="source">
    <xsl:param name="indent"/>
    <xsl:value-of select="$indent"/>
    <xsl:apply-templates select="." mode="tag"/>
    <xsl:choose>
      <xsl:when test="not(node())"/>
      <xsl:when test="text()[normalize-space()] or not(* | comment() | processing-instruction()) or ancestor-or-self::*[@xml:space][1]/@xml:space = 'preserve'">
        <xsl:apply-templates select="node()" mode="inline"/>
        <span class="x-tag">&lt;/<xsl:value-of select="name()"/>&gt;</span>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>&#10;</xsl:text>
        <xsl:apply-templates select="* | comment() | processing-instruction()" mode="source">
          <xsl:with-param name="indent" select="concat($indent, '  ')"/>
        </xsl:apply-templates>
        <xsl:value-of select="$indent"/>
        <span class="x-tag">&lt;/<xsl:value-of select="name()"/>&gt;</span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>
  <xsl:template match="comment() | processing-instruction()" mode="source">
    <xsl:param name="indent"/>
    <xsl:value-of select="$indent"/>
    <xsl:apply-templates select="." mode="inline"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <xsl:template match="*" mode="inline">
    <xsl:apply-templates select="." mode="tag"/>
    <xsl:if test="node()">
      <xsl:apply-templates select="node()" mode="inline"/>
      <span class="x-tag">&lt;/<xsl:value-of select="name()"/>&gt;</span>
    </xsl:if>
  </xsl:template>
  <xsl:template match="text()" mode="inline"><xsl:call-template name="escape"><xsl:with-param name="text" select="."/></xsl:call-template></xsl:template>
  <xsl:template match="comment()" mode="inline"><span class="x-comment">&lt;!--<xsl:value-of select="."/>--&gt;</span></xsl:template>
  <xsl:template match="processing-instruction()" mode="inline">
    <span class="x-comment">
      <xsl:value-of select="concat('&lt;?', name())"/>
      <xsl:if test="string(.)"><xsl:value-of select="concat(' ', .)"/></xsl:if>?&gt;</span>
  </xsl:template>

  <!-- The start tag, or the empty one -->
  <xsl:template match="*" mode="tag">
    <span class="x-tag">&lt;<xsl:value-of select="name()"/></span>
    <xsl:apply-templates select="." mode="namespaces"/>
    <xsl:apply-templates select="@*" mode="inline"/>
    <span class="x-tag"><xsl:if test="not(node())">/</xsl:if>&gt;</span>
  </xsl:template>
  <xsl:template match="@*" mode="inline">
    <xsl:call-template name="attribute"><xsl:with-param name="name" select="name()"/><xsl:with-param name="value" select="."/></xsl:call-template>
  </xsl:template>
  <xsl:template name="attribute">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:text> </xsl:text><span class="x-name"><xsl:value-of select="$name"/></span>
    <xsl:text>=</xsl:text><span class="x-value">"<xsl:call-template name="escape"><xsl:with-param name="text" select="$value"/><xsl:with-param name="marks" select="'&amp;&lt;&quot;&#9;&#10;&#13;'"/></xsl:call-template>"</span>
  </xsl:template>

</xsl:stylesheet>
