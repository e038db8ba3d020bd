<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- How one comes in and goes out. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:hv="urn:handlervirt:1" exclude-result-prefixes="hv">

  <xsl:template match="hv:login" mode="form">
    <form class="form login" method="post" action="/login">
      <xsl:if test="hv:next"><input type="hidden" name="next" value="{hv:next}"/></xsl:if>
      <div class="field">
        <label for="login-name">Name</label>
        <input id="login-name" type="text" name="name" value="{hv:name}" maxlength="128" autocomplete="username" autocapitalize="none" spellcheck="false" required="required">
          <xsl:if test="not(hv:name)"><xsl:attribute name="autofocus">autofocus</xsl:attribute></xsl:if>
        </input>
      </div>
      <div class="field">
        <label for="login-password">Password</label>
        <input id="login-password" type="password" name="password" autocomplete="current-password" required="required">
          <xsl:if test="hv:name"><xsl:attribute name="autofocus">autofocus</xsl:attribute></xsl:if>
        </input>
      </div>
      <button class="button primary" type="submit">Log in</button>
    </form>
  </xsl:template>

  <xsl:template match="hv:link" mode="entrance"/>
  <xsl:template match="hv:link[@rel = 'login']" mode="entrance"><a class="entrance" href="{@href}">Log in</a></xsl:template>
  <xsl:template match="hv:link[@rel = 'logout']" mode="entrance"><xsl:call-template name="logout"/></xsl:template>

  <xsl:template name="logout">
    <form class="entrance" method="post" action="/logout"><button class="button" type="submit">Log out</button></form>
  </xsl:template>

</xsl:stylesheet>
