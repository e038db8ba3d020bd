# SPDX-License-Identifier: GPL-2.0-or-later
"""Stylesheets of others that want more than to show something: file names below the theme, and what they hold."""
from canary import Canary

PAGE = "html/pages/vms.xsl"


def sheet(body: str, before: str = "", attributes: str = "") -> bytes:
    namespaces = "xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:exsl='http://exslt.org/common' xmlns:str='http://exslt.org/strings' xmlns:dyn='http://exslt.org/dynamic' xmlns:hv='urn:handlervirt:1'"
    return f"{before}<xsl:stylesheet version='1.0' {namespaces}{attributes}>\n<xsl:output method='html'/>\n{body}\n</xsl:stylesheet>\n".encode()


def page(content: str, **options) -> bytes:
    return sheet(f"<xsl:template match='/'><html>\n{content}</html></xsl:template>", **options)


def refused(canary: Canary) -> dict[str, bytes]:
    """What does not compile: the line is in the log."""
    file, url, out = canary.file.as_uri(), canary.url, canary.empty / "written"
    extensions = {
        "exsl:document": f"<exsl:document href='{out}'>x</exsl:document>", "xsl:document": f"<xsl:document href='{out}'>x</xsl:document>",
        "redirect": f"<r:write xmlns:r='http://xml.apache.org/xalan/redirect' file='{out}'>x</r:write>", "saxon": f"<s:output xmlns:s='http://icl.com/saxon' href='{out}'>x</s:output>", "xt": f"<t:document xmlns:t='http://www.jclark.com/xt' href='{out}'>x</t:document>",
    }  # fmt: skip
    corpus = {f"{name}, as it is": page(text) for name, text in extensions.items()}
    for prefix, uri in (("exsl", "http://exslt.org/common"), ("r", "http://xml.apache.org/xalan/redirect"), ("s", "http://icl.com/saxon"), ("t", "http://www.jclark.com/xt")):
        corpus[f"extension {prefix}"] = page("x", attributes=f" xmlns:{prefix}='{uri}' extension-element-prefixes='{prefix}'" if prefix != "exsl" else " extension-element-prefixes='exsl'")
    for target in (file, str(canary.file), url, "", "../../../../../../../../etc/hostname", "builtin:/html/layout.xsl"):
        corpus[f"document {target[:20]}"] = page(f"<xsl:copy-of select=\"document('{target}')\"/>")
        corpus[f"include {target[:20]}"] = sheet(f"<xsl:include href='{target}'/>") if target != "builtin:/html/layout.xsl" else sheet("<xsl:include href='builtin:/../x.xsl'/>")
        corpus[f"import {target[:20]}"] = f"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n<xsl:import href='{target.replace('builtin:', 'nonesuch:')}'/></xsl:stylesheet>".encode()
    corpus["document of two"] = page(f"<xsl:copy-of select=\"document('x', document('{file}'))\"/>")
    corpus["document in a template"] = page(f"<a title=\"{{document('{file}')}}\"/>")
    corpus["a base"] = f"<xsl:stylesheet version='1.0' xml:base='{canary.file.parent.as_uri()}/' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n<xsl:include href='canary.xml'/></xsl:stylesheet>".encode()
    corpus["not escaped"] = page("<xsl:value-of select=\"'&lt;script>alert(1)&lt;/script>'\" disable-output-escaping='yes'/>")
    corpus["not escaped text"] = page("<xsl:text disable-output-escaping='yes'>&lt;b></xsl:text>")
    corpus["an entity"] = page("&x;", before=f"<!DOCTYPE x [<!ENTITY x SYSTEM '{file}'>]>")
    corpus["laughs"] = page("&l9;", before="<!DOCTYPE x [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9)) + "]>")
    corpus["evaluate"] = page(f"<xsl:copy-of select=\"dyn:evaluate(concat('document(', &quot;'{file}'&quot;, ')'))\"/>")
    corpus["padding"] = page("<xsl:value-of select=\"str:padding(2000000000, 'x')\"/>")
    corpus["another encoding"] = sheet("<xsl:output encoding='UTF-16'/>")
    corpus["itself"] = b"<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>\n<xsl:import href='vms.xsl'/></xsl:stylesheet>"
    corpus["many patterns"] = sheet(f"<xsl:template match='{'|'.join(['a[1]'] * 20_000 + ['a'] * 20_000)}'/>")
    corpus["a megabyte"] = page("x" * (1 << 20))
    corpus["no XML"] = b"<html>\n<p></html>"
    corpus["nothing"] = b""
    corpus["deep"] = page("<a>" * 5_000 + "</a>" * 5_000)
    return corpus


def failing() -> dict[str, bytes]:
    """What compiles, and is stopped when it runs."""
    doubling = "".join(f"<xsl:variable name='s{n + 1}' select='concat($s{n}, $s{n})'/>" for n in range(40))
    copying = "".join(f"<xsl:variable name='t{n + 1}'><xsl:copy-of select='$t{n}'/><xsl:copy-of select='$t{n}'/></xsl:variable>" for n in range(40))
    few = "".join(f"<xsl:variable name='s{n + 1}' select='concat($s{n}, $s{n})'/>" for n in range(13))
    loop = "<xsl:call-template name='loop'/>"
    return {
        "an endless loop": sheet(f"<xsl:template match='/' name='loop'>{loop}</xsl:template>"),
        "an endless loop of two": sheet(f"<xsl:template match='/' name='loop'><a/>{loop}{loop}</xsl:template>"),
        "apply to itself": sheet("<xsl:template match='node()|/'><a><xsl:apply-templates select='.'/></a></xsl:template>"),
        "deep ifs": sheet("<xsl:template match='/' name='loop'>" + "<xsl:if test='1'>" * 200 + loop + "</xsl:if>" * 200 + "</xsl:template>"),
        "strings double": page(f"<xsl:variable name='s0' select=\"'0123456789abcdef'\"/>{doubling}<xsl:value-of select='$s40'/>"),
        "trees double": page(f"<xsl:variable name='t0'><i/></xsl:variable>{copying}<xsl:copy-of select='$t40'/>"),
        "replacements": page(f"<xsl:variable name='s0' select=\"'xxxxxxxxxxxxxxxx'\"/>{few}<xsl:value-of select=\"str:replace($s13, 'x', str:replace($s13, 'x', $s13))\"/>"),
        "huge output": page(f"<xsl:variable name='s0' select=\"'xxxxxxxxxxxxxxxx'\"/>{few}<xsl:for-each select='//*'><xsl:for-each select='//*'><xsl:value-of select='$s13'/></xsl:for-each></xsl:for-each>"),
        "cubic": page("<xsl:for-each select='//*'><xsl:for-each select='//*'><xsl:for-each select='//*'><xsl:for-each select='//*'><i/></xsl:for-each></xsl:for-each></xsl:for-each></xsl:for-each>"),
        "slow expressions": page("<xsl:value-of select='count(//*[count(//*[count(//*[count(//*) &gt; 0]) &gt; 0]) &gt; 0])'/>"),
        "slow strings": page(f"<xsl:variable name='s0' select=\"'xxxxxxxxxxxxxxxx'\"/>{few}<xsl:for-each select='//*'><xsl:for-each select='//*'><xsl:if test=\"contains($s13, 'xxxxxxxxxxxxxxxxxxy')\">a</xsl:if></xsl:for-each></xsl:for-each>"),
        "a message that ends": page("<xsl:message terminate='yes'>no</xsl:message>"),
        "endless messages": sheet(f"<xsl:template match='/' name='loop'><xsl:message>x</xsl:message>{loop}{loop}</xsl:template>"),
        "an unknown function": page("<xsl:value-of select='nonesuch()'/>"),
        "nothing": sheet("<xsl:template match='/'/>"),
    }
