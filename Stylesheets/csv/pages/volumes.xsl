<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The document volumes as CSV. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:import href="../collection.xsl"/>

  <xsl:template match="/hv:volumes" mode="head">name,type,capacity_bytes,allocation_bytes,path,used_by,href</xsl:template>

</xsl:stylesheet>
