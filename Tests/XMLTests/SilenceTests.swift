// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

@Suite struct SilenceTests {
    @Test func `nothing goes to stderr or stdout, from any thread`() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent, \.standardOutputContent]) {
            try provoke()
            let done = Counter()
            for _ in 0..<4 {
                Thread {
                    if (try? provoke()) != nil { done.add(1) }
                    done.finish()
                }.start()
            }
            for _ in 0..<4 { done.wait() }
            try #require(done.value == 4)
        }
        #expect(result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) } == "")
        #expect(result?.standardOutputContent.count { $0 == UInt8(ascii: "\n") } ?? 9 < 2)
    }

    @Test func `what is no error goes to the log`() async throws {
        await #expect(processExitsWith: .success) {
            let lines = Lines()
            XMLRuntime.start { lines.add($0) }
            let tree = try TemporaryTree(["shipped/s.xsl": "<xsl:template match=\"/\"><o/><xsl:message>hello</xsl:message></xsl:template>"])
            _ = try Stylesheet("/s.xsl", source: tree).transform(Document(parsing: "<a/>"))
            #expect(lines.all == ["hello"])
        }
    }
}

/// All that makes libxml2 and libxslt talk.
private func provoke() throws {
    struct Unexpected: Error {}
    let tree = try TemporaryTree([
        "shipped/bad.xsl": "<xsl:template match=\"vm[\"><xsl:value-of select=\"1 +\"/></xsl:template>",
        "shipped/import.xsl": "<xsl:import href=\"file:///etc/hostname\"/>",
        "shipped/fails.xsl": "<xsl:template match=\"/\"><xsl:value-of select=\"nosuch(.)\"/></xsl:template>",
        "shipped/debug.xsl":
            "<xsl:template match='/'><o xmlns:l='http://xmlsoft.org/XSLT/namespace' xsl:extension-element-prefixes='l'><l:debug/></o></xsl:template>",
        "shipped/loop.xsl": "<xsl:template match=\"/\" name=\"t\"><xsl:call-template name=\"t\"/></xsl:template>",
    ])
    for text in ["<a", "<a>&x;</a>", "<p:a/>", "<!DOCTYPE a><a/>", "<a xml:id='1 2'/>"] { _ = try? Document(parsing: text) }
    let document = try Document(parsing: "<a/>")
    for xpath in ["/a[", "q:c", "nosuch()"] {
        guard (try? document.strings(at: xpath)) == nil else { throw Unexpected() }
    }
    for name in ["bad", "import"] {
        guard (try? Stylesheet("/\(name).xsl", source: tree)) == nil else { throw Unexpected() }
    }
    for name in ["fails", "loop"] {
        guard (try? Stylesheet("/\(name).xsl", source: tree).transform(document)) == nil else { throw Unexpected() }
    }
    _ = try? Stylesheet("/debug.xsl", source: tree).transform(document)
    try tree.write("a.rng", "<grammar xmlns='http://relaxng.org/ns/structure/1.0'/>")
    guard (try? Schema(file: tree.root + "/a.rng")) == nil else { throw Unexpected() }
}
