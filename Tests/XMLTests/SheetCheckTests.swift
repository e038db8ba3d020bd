// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import XML

/// What is refused where it stands, before anything of it runs.
@Suite struct SheetCheckTests {
    private func error(_ body: String) throws -> XMLError? {
        let tree = try TemporaryTree(["shipped/html/a.xsl": "<xsl:include href='b.xsl'/>", "theme/html/b.xsl": "<xsl:variable name='v'/>\n" + body])
        let error = failure { () throws(XMLError) in _ = try Stylesheet("/html/a.xsl", source: tree) }
        if let error { #expect(error.file == tree.root + "/theme/html/b.xsl") }
        return error
    }

    private static func template(_ content: String) -> String { "<xsl:template match='/'>\n<o>\(content)</o></xsl:template>" }

    @Test(arguments: [
        ("<xsl:value-of select='.' disable-output-escaping='yes'/>", "disable-output-escaping"),
        ("<xsl:text disable-output-escaping=' yes '>x</xsl:text>", "disable-output-escaping"),
        ("<xsl:document href='/tmp/x'>x</xsl:document>", "xsl:document"),
        ("<x:document href='/tmp/x'>x</x:document>", "exslt.org/common"),
        ("<r:write xmlns:r='http://xml.apache.org/xalan/redirect' file='/tmp/x'>x</r:write>", "redirect"),
        ("<r:write xmlns:r='org.apache.xalan.xslt.extensions.Redirect' file='/tmp/x'>x</r:write>", "Redirect"),
        ("<s:output xmlns:s='http://icl.com/saxon' href='/tmp/x'>x</s:output>", "saxon"),
        ("<t:document xmlns:t='http://www.jclark.com/xt' href='/tmp/x'>x</t:document>", "jclark"),
        ("<d:debug xmlns:d='http://xmlsoft.org/XSLT/namespace'/>", "debug"),
        ("<f:function xmlns:f='http://exslt.org/functions' name='f:x'/>", "functions"),
        ("<i xsl:extension-element-prefixes='x'/>", "extension-element-prefixes"),
        ("<xsl:copy-of select=\"document('/etc/hostname')\"/>", "document()"),
        ("<xsl:copy-of select=\"document\u{20}('')\"/>", "document()"),
        ("<xsl:if test=\"count(document('x')/a) &gt; 1\">x</xsl:if>", "document()"),
        ("<i title=\"a{document('x')}\"/>", "document()"), ("<i title=\"{concat('}',document('x'))}\"/>", "document()"),
        ("<xsl:element name=\"{document('x')}\"/>", "document()"),
        ("<xsl:for-each select='a'><xsl:sort select=\"document('x')\"/></xsl:for-each>", "document()"),
        ("<xsl:variable name='n' select=\"&#x64;ocument('x')\"/>", "document()"),
        ("<i xmlns:y='http://exslt.org/dynamic'><xsl:value-of select=\"y:evaluate('x')\"/></i>", "y:evaluate"),
        ("<i xmlns:y='http://exslt.org/strings'><xsl:value-of select=\"y:padding(1000000000, 'x')\"/></i>", "y:padding"),
        ("<i xmlns:y='http://exslt.org/strings'><xsl:value-of select=\"y:tokenize('x')\"/></i>", "y:tokenize"),
        ("<i xmlns:y='http://exslt.org/crypto'><xsl:value-of select=\"y:md5('x')\"/></i>", "y:md5"),
        ("<i xmlns:y='http://icl.com/saxon'><xsl:value-of select=\"y:evaluate('x')\"/></i>", "y:evaluate"),
    ])
    func `an instruction that is not XSLT's, and what is not escaped, is refused with its line`(content: String, words: String) throws {
        let error = try error(Self.template(content))
        #expect(error?.kind == .stylesheet)
        #expect(error?.line == 4, "\(String(describing: error))")
        #expect(error?.message.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `a pattern, a key and a parameter are looked at as well`() throws {
        for body in [
            "<xsl:template match=\"a[document('x')]\">x</xsl:template>", "<xsl:key name='k' match='a' use=\"document('x')\"/>",
            "<xsl:param name='p' select=\"document('x')\"/>",
        ] { #expect(try error(body)?.message.contains("document()") == true) }
    }

    @Test(arguments: [
        "<xsl:value-of select='.' disable-output-escaping='no'/>", "<xsl:value-of select=\"'document(1)'\"/>", "<i title=\"document('x')\"/>",
        "<i title=\"{{document('x')}}\"/>", "<xsl:value-of select='document'/>", "<xsl:copy-of select='x:node-set(/)'/>",
        "<xsl:copy-of select='child::document/node()'/>", "<xsl:text>document('x')</xsl:text>", "<xsl:comment>disable-output-escaping</xsl:comment>",
        "<i xmlns:y='http://exslt.org/strings'><xsl:value-of select=\"y:replace('a', 'b', 'c')\"/></i>", "<i disable-output-escaping='yes'/>",
        "<xsl:value-of select=\"concat('(', document, ')')\"/>",
    ])
    func `what only looks like it is taken`(content: String) throws {
        let error = try error(Self.template(content))
        #expect(error == nil, "\(String(describing: error))")
    }
}
