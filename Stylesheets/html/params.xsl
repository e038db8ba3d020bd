<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What a theme most often changes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:param name="brand">handlervirt</xsl:param>
  <xsl:param name="css">/public/css/handlervirt.css</xsl:param>
  <xsl:param name="icon">/public/icons/handlervirt.svg</xsl:param>

</xsl:stylesheet>
