<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- XML that libvirt wrote, as the text it was, inside a JSON string. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="hv str">

  <xsl:template match="*" mode="source">
    <xsl:value-of select="concat('&lt;', name())"/>
    <xsl:apply-templates select="." mode="namespaces"/>
    <xsl:apply-templates select="@*" mode="source"/>
    <xsl:choose>
      <xsl:when test="node()">
        <xsl:text>&gt;</xsl:text>
        <xsl:apply-templates select="node()" mode="source"/>
        <xsl:value-of select="concat('&lt;/', name(), '&gt;')"/>
      </xsl:when>
      <xsl:otherwise>/&gt;</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="@*" mode="source">
    <xsl:call-template name="attribute"><xsl:with-param name="name" select="name()"/><xsl:with-param name="value" select="string(.)"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="attribute">
    <xsl:param name="name"/>
    <xsl:param name="value"/>
    <xsl:value-of select="concat(' ', $name, '=\&quot;')"/>
    <xsl:call-template name="markup">
      <xsl:with-param name="text" select="str:replace(str:replace(str:replace($value, '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&quot;', '&amp;quot;')"/>
    </xsl:call-template>
    <xsl:text>\"</xsl:text>
  </xsl:template>
  <!-- In an attribute, white space but the blank is written by number. -->
  <xsl:template name="markup">
    <xsl:param name="text"/>
    <xsl:call-template name="escape">
      <xsl:with-param name="text" select="str:replace(str:replace(str:replace($text, '&#9;', '&amp;#9;'), '&#10;', '&amp;#10;'), '&#13;', '&amp;#13;')"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="text()" mode="source">
    <xsl:call-template name="escape">
      <xsl:with-param name="text" select="str:replace(str:replace(str:replace(str:replace(string(.), '&amp;', '&amp;amp;'), '&lt;', '&amp;lt;'), '&gt;', '&amp;gt;'), '&#13;', '&amp;#13;')"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="comment()" mode="source">
    <xsl:call-template name="escape"><xsl:with-param name="text" select="concat('&lt;!--', ., '--&gt;')"/></xsl:call-template>
  </xsl:template>
  <xsl:template match="processing-instruction()" mode="source">
    <xsl:call-template name="escape"><xsl:with-param name="text" select="concat('&lt;?', name(), substring(' ', 1, number(. != '')), ., '?&gt;')"/></xsl:call-template>
  </xsl:template>

  <!-- Declared is what the parent does not have; on the outermost element also what it has from us and uses. -->
  <xsl:template match="*" mode="namespaces">
    <xsl:variable name="here" select="."/>
    <xsl:for-each select="namespace::*[name() != 'xml']">
      <xsl:variable name="prefix" select="name()"/>
      <xsl:variable name="uri" select="string(.)"/>
      <xsl:if test="not($here/../namespace::*[name() = $prefix] = $uri)
                    or $here/parent::hv:xml and $here/descendant-or-self::*[starts-with(name(), concat($prefix, ':')) or @*[starts-with(name(), concat($prefix, ':'))]]">
        <xsl:call-template name="attribute">
          <xsl:with-param name="name" select="concat('xmlns', substring(':', 1, number($prefix != '')), $prefix)"/>
          <xsl:with-param name="value" select="$uri"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:for-each>
    <xsl:if test="not(parent::hv:xml) and not(namespace::*[name() = '']) and ../namespace::*[name() = '']"> xmlns=\"\"</xsl:if>
  </xsl:template>

</xsl:stylesheet>
