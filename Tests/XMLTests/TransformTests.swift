// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import XML

/// Stylesheets that were not looked through when they were compiled: what is in them is held back while they run, too.
@Suite struct TransformTests {
    private func sheet(_ body: String) throws -> Stylesheet {
        try Stylesheet("/s.xsl", source: try TemporaryTree(["shipped/s.xsl": body]), isChecked: false)
    }

    private func transformError(
        _ body: String, _ text: String = "<a/>", limits: TransformLimits = .init(operations: 1_000_000, operationsPerByte: 0, depth: 200)
    ) throws -> XMLError? {
        let sheet = try sheet(body)
        let document = try Document(parsing: text)
        return failure { () throws(XMLError) in _ = try sheet.transform(document, limits: limits) }
    }

    @Test(arguments: ["plain", "it's", "\"both\" ' of them", "concat('a', 'b')", "<&>", "", "ü\n"])
    func `a parameter is a string, whatever is in it`(value: String) throws {
        let sheet = try sheet(
            "<xsl:output method='text'/><xsl:param name='p'/><xsl:template match='/'>[<xsl:value-of select='$p'/>]</xsl:template>")
        let output = try sheet.transform(try Document(parsing: "<a/>"), parameters: ["p": value, "unknown": "x"])
        #expect(String(decoding: output, as: UTF8.self) == "[\(value)]")
    }

    @Test(arguments: ["", "/etc/hostname", "handlervirt:/s.xsl", "builtin:/s.xsl", "http://127.0.0.1:1/"])
    func `nothing is read while transforming`(uri: String) throws {
        let error = try transformError("<xsl:template match='/'><o><xsl:copy-of select=\"document('\(uri)')\"/></o></xsl:template>")
        #expect(error?.kind == .transform)
        #expect(error?.message.contains("refused") == true || error?.message.contains("denied") == true, "\(String(describing: error))")
    }

    @Test func `nothing is written while transforming`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "xmltests-\(UUID().uuidString)").path
        let error = try transformError(
            "<xsl:template match=\"/\"><o/><xsl:document href=\"\(file)\" method=\"text\">x</xsl:document></xsl:template>")
        #expect(error?.kind == .transform)
        #expect(error?.message.contains("refused") == true, "\(String(describing: error))")
        #expect(error?.file?.hasSuffix("/shipped/s.xsl") == true)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test(arguments: [
        "<xsl:template match=\"/\" name=\"t\"><xsl:call-template name=\"t\"/></xsl:template>",
        "<xsl:template match=\"node()|/\"><o><xsl:apply-templates select=\".\"/></o></xsl:template>",
        "<xsl:template match=\"/\" name=\"t\"><o/><xsl:call-template name=\"t\"/><xsl:call-template name=\"t\"/></xsl:template>",
        "<xsl:template match='/'><xsl:for-each select='//*'><xsl:for-each select='//*'><o/></xsl:for-each></xsl:for-each></xsl:template>",
        "<xsl:template match=\"/\"><xsl:value-of select=\"count(//*[count(//*[count(//*) &gt; 0]) &gt; 0])\"/></xsl:template>",
        "<xsl:template match='/' name='t'>" + String(repeating: "<xsl:if test='1'>", count: 150) + "<xsl:call-template name='t'/>"
            + String(repeating: "</xsl:if>", count: 150) + "</xsl:template>",
    ])
    func `endless work ends in an error`(body: String) throws {
        let text = "<a>" + String(repeating: "<b/>", count: 1000) + "</a>"
        var error: XMLError?
        let time = try processorTime { error = try transformError(body, text) }
        #expect(error?.kind == .transform)
        #expect(error?.message.isEmpty == false)
        #expect(time < .seconds(5))
        #expect(error?.line != nil)
        #expect((error?.message.count ?? 0) < 300)
    }

    @Test func `the limit grows with the document for shipped sheets only`() throws {
        let body = "<xsl:template match=\"/\"><o><xsl:for-each select=\"//b\"><i/><i/><i/></xsl:for-each></o></xsl:template>"
        let text = "<a>" + String(repeating: "<b>0123456789</b>", count: 1000) + "</a>"
        var limits = TransformLimits(operations: 100, operationsPerByte: 4, depth: 200)
        #expect(try transformError(body, text, limits: limits) == nil)
        limits.operationsPerByte = 0
        #expect(try transformError(body, text, limits: limits)?.kind == .transform)
    }

    @Test func `a terminating message is the error`() throws {
        let error = try transformError(
            """
            <xsl:template match="/"><o/><xsl:message>first</xsl:message>
            <xsl:message terminate="yes">nobody claims <xsl:value-of select="name(*)"/></xsl:message></xsl:template>
            """)
        #expect(error?.kind == .transform)
        #expect(error?.message == "nobody claims a")
    }

    @Test func `another message is no error`() throws {
        #expect(try transformError("<xsl:template match=\"/\"><o/><xsl:message>runtime error</xsl:message></xsl:template>") == nil)
    }

    @Test(arguments: ["xml", "text", "html"])
    func `a sheet that writes nothing is an error`(method: String) throws {
        #expect(try transformError("<xsl:output method='\(method)'/><xsl:template match='/'/>")?.message.contains("nothing") == true)
    }

    @Test(arguments: ["nosuch(.)", "$nosuch", "key('a')", "x:node-set()"])
    func `an expression that fails at run time has its file and line`(expression: String) throws {
        let error = try transformError("<xsl:template match=\"/\">\n<o><xsl:value-of select=\"\(expression)\"/></o></xsl:template>")
        #expect(error?.kind == .transform)
        #expect(error?.file?.hasSuffix("/shipped/s.xsl") == true)
        #expect(error?.line == 3)
    }

    @Test func `sixteen threads get the same`() throws {
        let sheet = try sheet(
            """
            <xsl:output method="html"/><xsl:key name="k" match="b" use="@i mod 7"/>
            <xsl:template match="/"><ul><xsl:for-each select="key('k', 3)"><xsl:sort select="@i" order="descending" data-type="number"/>
            <li><xsl:number/> <xsl:value-of select="format-number(@i, '#,##0')"/></li></xsl:for-each></ul></xsl:template>
            """)
        let text = "<a>" + (0..<300).map { "<b i='\($0)'/>" }.joined() + "</a>"
        let expected = try sheet.transform(try Document(parsing: text))
        #expect(expected.count > 500)
        let wrong = Counter()
        let threads = (0..<16).map { _ in
            Thread {
                for _ in 0..<50 where (try? sheet.transform(Document(parsing: text))) != expected { wrong.add(1) }
                wrong.finish()
            }
        }
        for thread in threads { thread.start() }
        for _ in threads { wrong.wait() }
        #expect(wrong.value == 0)
    }
}
