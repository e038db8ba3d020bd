<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- An element that no template claims stops the run: nothing that the server says is lost in silence. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="*"><xsl:call-template name="unclaimed"/></xsl:template>
  <xsl:template match="*" mode="claim"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">claim</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="heading"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">heading</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="input"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">input</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="item"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">item</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="kind"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">kind</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="label"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">label</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="plural"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">plural</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="property"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">property</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="row"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">row</xsl:with-param></xsl:call-template></xsl:template>
  <xsl:template match="*" mode="title"><xsl:call-template name="unclaimed"><xsl:with-param name="mode">title</xsl:with-param></xsl:call-template></xsl:template>

  <xsl:template name="unclaimed">
    <xsl:param name="mode">(none)</xsl:param>
    <xsl:message terminate="yes">
      <xsl:text>no template of mode </xsl:text><xsl:value-of select="$mode"/>
      <xsl:text> claims </xsl:text><xsl:value-of select="name()"/>
      <xsl:text> in </xsl:text><xsl:value-of select="name(..)"/>
    </xsl:message>
  </xsl:template>

</xsl:stylesheet>
