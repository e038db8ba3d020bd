// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import XML

/// What a stylesheet may take while it runs.
@Suite struct AllowanceTests {
    private static let doubling = (0..<40).map { "<xsl:variable name='s\($0 + 1)' select='concat($s\($0), $s\($0))'/>" }.joined()
    private static let copying = (0..<40).map { number in
        "<xsl:variable name='t\(number + 1)'><xsl:copy-of select='$t\(number)'/><xsl:copy-of select='$t\(number)'/></xsl:variable>"
    }.joined()

    private static func template(_ content: String) -> String { "<xsl:template match='/'><o>\(content)</o></xsl:template>" }

    private func outcome(_ body: String, _ text: String = "<a/>", limits: TransformLimits = .foreign) throws -> (error: XMLError?, peak: Int) {
        let tree = try TemporaryTree(["shipped/s.xsl": body])
        let sheet = try Stylesheet("/s.xsl", source: tree, isChecked: false)
        let document = try Document(parsing: text)
        let before = Memory.resident()
        let watch = Memory.Watch()
        let error = failure { () throws(XMLError) in _ = try sheet.transform(document, limits: limits) }
        return (error, watch.peak() - before)
    }

    @Test(arguments: [
        template("<xsl:variable name='s0' select=\"'0123456789abcdef'\"/>" + doubling + "<xsl:value-of select='$s40'/>"),
        template("<xsl:variable name='t0'><i/></xsl:variable>" + copying + "<xsl:copy-of select='$t40'/>"),
        "<xsl:template match='/' name='d'><xsl:param name='s' select=\"'0123456789'\"/><o><xsl:value-of select='$s'/></o>"
            + "<xsl:call-template name='d'><xsl:with-param name='s' select='concat($s, $s, $s)'/></xsl:call-template></xsl:template>",
        "<xsl:template match='/'><xsl:variable name='s0' select=\"'xxxxxxxxxxxxxxxx'\"/>"
            + doubling.components(separatedBy: "<xsl:variable name='s13'")[0]
            + "<o xmlns:y='http://exslt.org/strings'><xsl:value-of select=\"y:replace($s12, 'x', y:replace($s12, 'x', $s12))\"/></o></xsl:template>",
        template("<xsl:for-each select='//b'><xsl:for-each select='//b'><xsl:copy-of select='/'/></xsl:for-each></xsl:for-each>"),
        template(
            "<xsl:attribute name='x'><xsl:for-each select='//b'><xsl:for-each select='//b'><xsl:value-of select='.'/></xsl:for-each></xsl:for-each></xsl:attribute>"
        ),
        template(
            "<xsl:for-each select='//b'><xsl:for-each select='//b'><xsl:comment><xsl:value-of select='/'/></xsl:comment></xsl:for-each></xsl:for-each>"
        ),
    ])
    func `memory is bounded, however a stylesheet grows it`(body: String) throws {
        let text = "<a>" + String(repeating: "<b>" + String(repeating: "x", count: 1_000) + "</b>", count: 1_000) + "</a>"
        var limits = TransformLimits.foreign
        limits.memory = 64 << 20
        limits.operations = 100_000_000
        let (error, peak) = try outcome(body, text, limits: limits)
        #expect(error?.kind == .transform)
        #expect(error?.message.contains("more than 67108864 bytes") == true, "\(String(describing: error))")
        #expect(error?.file?.hasSuffix("/shipped/s.xsl") == true)
        #expect(peak < 320 << 20, "\(peak >> 20) MiB")
    }

    @Test(arguments: [
        "<xsl:template match=\"/\" name=\"t\"><xsl:param name='n' select='0'/><o/><xsl:for-each select='//b'><xsl:for-each select='//b'><i/></xsl:for-each></xsl:for-each></xsl:template>",
        template("<xsl:for-each select='//b'><xsl:number level='any' count='b[contains(., \"y\")]'/></xsl:for-each>"),
        template("<xsl:value-of select='count(//b[count(//b[contains(., \"y\")]) &gt; 0])'/>"),
        template("<xsl:for-each select='//b'><xsl:value-of select='contains(string(/), \"xxxxxxxxxxxxxxxxxxxxxxxy\")'/></xsl:for-each>"),
    ])
    func `time is bounded where operations are not`(body: String) throws {
        let text = "<a>" + String(repeating: "<b>" + String(repeating: "x", count: 100) + "</b>", count: 20_000) + "</a>"
        let limits = TransformLimits(operations: 1 << 40, operationsPerByte: 0, depth: 200, memory: 1 << 30, time: .milliseconds(300))
        var error: XMLError?
        let time = try processorTime { error = try outcome(body, text, limits: limits).error }
        #expect(error?.message.contains("more than 0.3 seconds") == true, "\(String(describing: error))")
        #expect(time < .seconds(4), "\(time)")
    }

    @Test func `one that was stopped leaves nothing behind for the next`() throws {
        let sheet = try Stylesheet("/s.xsl", source: try TemporaryTree(["shipped/s.xsl": Self.template("<xsl:copy-of select='/'/>")]))
        let expected = try sheet.transform(try Document(parsing: "<a><b/></a>"))
        var limits = TransformLimits.foreign
        for _ in 0..<200 {
            limits.memory = 1
            let document = try Document(parsing: "<a><b/></a>")
            #expect(failure { () throws(XMLError) in _ = try sheet.transform(document, limits: limits) } != nil)
            #expect(try sheet.transform(try Document(parsing: "<a><b/></a>"), limits: .foreign) == expected)
        }
    }
}
