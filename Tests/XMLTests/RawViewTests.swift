// SPDX-License-Identifier: GPL-2.0-or-later
import Testing
import XML

@Suite struct RawViewTests {
    private func raw(_ body: (inout Writer) -> Void) -> String {
        var writer = Writer()
        body(&writer)
        return String(decoding: RawView.bytes(of: writer.finish(), stylesheet: "/s.xsl?a=1&b=\"?>", script: "/r.js?<'\">"), as: UTF8.self)
    }

    private let head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?xml-stylesheet type=\"text/xsl\" href=\"/s.xsl?a=1&amp;b=&quot;?&gt;\"?>\n"
    private let script = "<script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"/r.js?&lt;'&quot;&gt;\"/>"

    @Test func `the instruction stands before the root and the script is its first child`() throws {
        let text = raw { $0.element("vm", [.name: "a>b'/>"]) { $0.element("b", text: "c") } }
        #expect(text == head + "<hv:vm xmlns:hv=\"urn:handlervirt:1\" name=\"a&gt;b'/&gt;\">\(script)<hv:b>c</hv:b></hv:vm>\n")
        let document = try Document(parsing: text)
        #expect(try document.strings(at: "name(/*/*[1])") == ["script"])
    }

    @Test func `an empty root is opened for the script`() throws {
        let text = raw { $0.element("vm", [.href: "/a/"]) }
        #expect(text == head + "<hv:vm xmlns:hv=\"urn:handlervirt:1\" href=\"/a/\">\(script)</hv:vm>\n")
        _ = try Document(parsing: text)
    }

    @Test func `an unescaped bracket in an attribute does not end the root's tag`() throws {
        let canonical = Array("<?xml version=\"1.0\"?>\n<!-- <a> --><r a='>' b=\"/>\"\n/>\n".utf8)
        let text = String(decoding: RawView.bytes(of: canonical, stylesheet: "s", script: "r"), as: UTF8.self)
        #expect(text.hasSuffix("<r a='>' b=\"/>\"\n><script xmlns=\"http://www.w3.org/1999/xhtml\" src=\"r\"/></r>\n"))
        _ = try Document(parsing: text)
    }
}
