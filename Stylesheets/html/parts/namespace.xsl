<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The namespaces that an element of libvirt's XML declares. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <!-- Declared is what the parent does not have; on the outermost element also what it has from us and uses. -->
  <xsl:template match="*" mode="namespaces">
    <xsl:variable name="here" select="."/>
    <xsl:for-each select="namespace::*[name() != 'xml']">
      <xsl:sort select="name()"/>
      <xsl:variable name="prefix" select="name()"/>
      <xsl:variable name="uri" select="string(.)"/>
      <xsl:if test="not($here/../namespace::*[name() = $prefix] = $uri)
                    or $here/parent::hv:xml and $here/descendant-or-self::*[starts-with(name(), concat($prefix, ':')) or @*[starts-with(name(), concat($prefix, ':'))]]">
        <xsl:call-template name="declaration"><xsl:with-param name="prefix" select="$prefix"/><xsl:with-param name="uri" select="$uri"/></xsl:call-template>
      </xsl:if>
    </xsl:for-each>
    <xsl:if test="not(parent::hv:xml) and not(namespace::*[name() = '']) and ../namespace::*[name() = '']">
      <xsl:call-template name="declaration"/>
    </xsl:if>
    <xsl:if test="not(namespace::*)"><xsl:apply-templates select="." mode="derived"/></xsl:if>
  </xsl:template>

  <!-- Firefox has no namespace axis: there they are derived from the names. -->
  <xsl:template match="*" mode="derived">
    <xsl:variable name="prefix" select="substring-before(name(), ':')"/>
    <xsl:variable name="uri" select="namespace-uri()"/>
    <xsl:variable name="above" select="ancestor::*[ancestor::hv:xml]"/>
    <xsl:variable name="known" select="$above[substring-before(name(), ':') = $prefix][last()]"/>
    <xsl:if test="$known and namespace-uri($known) != $uri or not($known) and $uri != ''">
      <xsl:call-template name="declaration"><xsl:with-param name="prefix" select="$prefix"/><xsl:with-param name="uri" select="$uri"/></xsl:call-template>
    </xsl:if>
    <xsl:for-each select="@*[contains(name(), ':') and not(starts-with(name(), 'xml:'))]">
      <xsl:if test="not($above[starts-with(name(), concat(substring-before(name(current()), ':'), ':'))]) and substring-before(name(), ':') != $prefix">
        <xsl:call-template name="declaration">
          <xsl:with-param name="prefix" select="substring-before(name(), ':')"/>
          <xsl:with-param name="uri" select="namespace-uri()"/>
        </xsl:call-template>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="declaration">
    <xsl:param name="prefix"/>
    <xsl:param name="uri"/>
    <xsl:call-template name="attribute">
      <xsl:with-param name="name"><xsl:text>xmlns</xsl:text><xsl:if test="$prefix != ''">:<xsl:value-of select="$prefix"/></xsl:if></xsl:with-param>
      <xsl:with-param name="value" select="$uri"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
