// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

/// Whatever people or libvirt wrote stays text.
@Suite struct HostileTextTests {
    private static let fixtures = Files.fixtures

    /// Everything that is free text in a fixture, replaced by markup in disguise.
    private func hostile(_ name: String) throws -> String {
        let names =
            "name|title|description|note|tag|message|advice|summary|documentation|string|obstacle|warning|value|hostname|driver|model|uri|owner|q"
        return try Files.fixture(name).replacingOccurrences(
            of: "(<hv:(?:\(names))(?: [^<>]*)?>)[^<>]+(</hv:)",
            with: "$1&lt;/textarea>&lt;/title>&lt;script>alert(1)&lt;/script>\" onload='x' &amp;lt;i>\\\\$2", options: .regularExpression)
    }

    @Test(arguments: fixtures) func `no text becomes markup of a page`(name: String) throws {
        let text = try hostile(name)
        let isChanged = text.contains("alert(1)")
        let html = String(decoding: try Files.render(text, as: "html"), as: UTF8.self)
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("</textarea></title>"))
        #expect(!html.contains("\"\" onload"))
        #expect(html.contains("&lt;script&gt;alert(1)") || !isChanged)
    }

    @Test(arguments: fixtures) func `no text breaks the JSON`(name: String) throws {
        let json = try Files.render(try hostile(name), as: "json")
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json)) }
    }

    @Test func `most fixtures hold free text`() throws {
        #expect(try Files.fixtures.filter { try hostile($0).contains("alert(1)") }.count > 35)
    }

    @Test func `the text of a hostile error is escaped`() throws {
        let html = String(decoding: try Files.render(try Files.fixture("fault-not-found.xml"), as: "html"), as: UTF8.self)
        #expect(!html.contains("<b>&"))
        #expect(html.contains("&lt;b&gt;&amp;\"x"))
    }
}
