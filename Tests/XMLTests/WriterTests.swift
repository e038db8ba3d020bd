// SPDX-License-Identifier: GPL-2.0-or-later
import Testing
import XML

@Suite struct WriterTests {
    private let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    private func write(_ body: (inout Writer) throws -> Void) rethrows -> String {
        var writer = Writer()
        try body(&writer)
        return String(decoding: writer.finish(), as: UTF8.self)
    }

    @Test func `a document is written without indentation`() throws {
        let fragment = try Fragment(parsing: "<domain type='test'>\n  <name>x</name>\n</domain>")
        let text = write { writer in
            writer.element("vm", [.href: "/virt?a=1&b=2", .id: nil]) { writer in
                writer.element("link", [.rel: "self", .href: "/virt"])
                writer.element("memory", [.unit: "KiB"], text: "2097152")
                writer.element("title", text: "")
                writer.element("tags") { _ in }
                writer.element("xml") { $0.embed(fragment) }
            }
        }
        #expect(
            text == declaration + "<hv:vm xmlns:hv=\"urn:handlervirt:1\" href=\"/virt?a=1&amp;b=2\"><hv:link rel=\"self\" href=\"/virt\"/>"
                + "<hv:memory unit=\"KiB\">2097152</hv:memory><hv:title/><hv:tags/>"
                + "<hv:xml><domain type='test'>\n  <name>x</name>\n</domain></hv:xml></hv:vm>\n")
    }

    @Test func `markup and line ends are escaped`() {
        let text = write { $0.element("a", [.name: "<&>\"'\t\n\r"], text: "<&>\"'\t\n\r\u{1}\u{FFFE}\u{FFFF}\u{FFFD}\u{10FFFF}") }
        #expect(
            text == declaration + "<hv:a xmlns:hv=\"urn:handlervirt:1\" name=\"&lt;&amp;&gt;&quot;'&#9;&#10;&#13;\">"
                + "&lt;&amp;&gt;&quot;'\t\n&#13;\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{10FFFF}</hv:a>\n")
    }

    @Test func `an error in the content leaves a well-formed document`() throws {
        struct Failure: Error {}
        var writer = Writer()
        writer.element("a") { writer in
            try? writer.element("b") { writer in
                writer.element("c", text: "1")
                throw Failure()
            }
        }
        let document = try Document(parsing: writer.finish())
        #expect(try document.strings(at: "name(/*/*/*)") == ["hv:c"])
    }

    @Test func `any string comes back as it was, but for what XML cannot hold`() throws {
        var random = SystemRandomNumberGenerator()
        let controls = "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}\u{85}"
        let special = Array("<&>\"'\t\n\r]]>\(controls)\u{2028}\u{FFFD}\u{FFFE}\u{FFFF}\u{1FFFE}\u{FEFF}\u{EFFF}\u{D7FF}".unicodeScalars)
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.append(special.randomElement(using: &random) ?? "x")
                case 1: text.append(Unicode.Scalar(UInt8.random(in: 0...127, using: &random)))
                case 2: text.append(Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random)) ?? "y")
                default: text.append("z")
                }
            }
            let string = String(text)
            var writer = Writer()
            writer.element("a", [.name: string]) { $0.element("b", text: string) }
            let document = try Document(parsing: writer.finish())
            #expect(try document.strings(at: "/*/*").map { Array($0.utf8) } == [Array(allowed(string).utf8)])
            #expect(try document.strings(at: "/*/@name").map { Array($0.utf8) } == [Array(allowed(string).utf8)])
        }
    }

    private func allowed(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x9, 0xA, 0xD, 0x20...0xFFFD, 0x10000...: result.append(scalar)
            default: result.append("\u{FFFD}")
            }
        }
        return String(result)
    }

    @Test func `a string that is not native is written too`() throws {
        let text = Substring("xx<ü>xx").dropFirst(2).dropLast(2)
        #expect(write { $0.element("a", text: String(text)) }.hasSuffix(">&lt;ü&gt;</hv:a>\n"))
    }

    @Test(arguments: ["", "A", "a b", "a>", "-a", "hv:a"])
    func `a name that is no element name ends the program`(name: String) async {
        await #expect(processExitsWith: .failure) { [name] in
            var writer = Writer()
            writer.element(name)
        }
    }
}
