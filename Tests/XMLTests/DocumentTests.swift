// SPDX-License-Identifier: GPL-2.0-or-later
import Testing
import XML

@Suite struct DocumentTests {
    @Test func `what is posted is counted before it is parsed`() throws {
        let limits = ParseLimits(bytes: 1000, elements: 3, attributes: 2, namespaces: 2)
        func refusal(_ text: String) -> String? {
            failure { () throws(XMLError) in _ = try Document(parsing: text, limits: limits) }?.message
        }
        #expect(refusal("<a><b/><c>=== xmlns</c></a>") == nil)
        #expect(refusal("<a><b/><c/><d/></a>")?.contains("3 elements") == true)
        #expect(refusal("<a b='=' c='='/>") == nil)
        #expect(refusal("<a b='' c='' d=''/>")?.contains("2 attributes") == true)
        #expect(refusal("<a xmlns:b='u'><c xmlns:d='u'/></a>") == nil)
        #expect(refusal("<a xmlns:b='u'><c xmlns:d='u'><e xmlns='u'/></c></a>")?.contains("2 namespaces") == true)
        #expect(refusal("<!-- <a/><a/><a/><a/> --><a><![CDATA[<a/><a/><a/><a/>]]></a>") == nil)
        #expect(refusal("<a b='' c='' d=''")?.contains("2 attributes") == true)
    }

    @Test func `the root's name and namespace are known`() throws {
        let document = try Document(parsing: "<?xml version='1.0'?><!-- c --><p:vm xmlns:p='urn:x'/>")
        #expect(document.rootName == "vm")
        #expect(document.rootNamespace == "urn:x")
        let plain = try Document(parsing: "<domain/>")
        #expect(plain.rootNamespace == nil)
        #expect(plain.byteCount == 9)
    }

    @Test func `an XPath selects string values in document order`() throws {
        let document = try Document(parsing: "<a xmlns:n='urn:n'><b>1</b><n:c id='x'/><b>2<i>3</i><![CDATA[&]]></b></a>")
        #expect(try document.strings(at: "/a/b") == ["1", "23&"])
        #expect(try document.strings(at: "//q:c/@id", namespaces: [("q", "urn:n")]) == ["x"])
        #expect(try document.strings(at: "/a/none") == [])
        #expect(try document.strings(at: "count(/a/b)") == ["2"])
        #expect(try document.strings(at: "boolean(/a)") == ["true"])
        #expect(try document.strings(at: "string(/a/b[2])") == ["23&"])
    }

    @Test(arguments: ["/a[", "//q:c", "nosuch()", "1 +"])
    func `a bad XPath is an error`(xpath: String) throws {
        let document = try Document(parsing: "<a/>")
        let error = failure { () throws(XMLError) in _ = try document.strings(at: xpath) }
        #expect(error?.kind == .xpath)
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: [
        "", " ", "<a>", "<a></b>", "text", "<a/><b/>", "<a/>x", "<a b='1' b='2'/>", "<a>&nosuch;</a>", "<a>&#0;</a>", "<p:a/>", "<a p:b='1'/>",
    ])
    func `what is not well-formed is refused`(text: String) {
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: text) }?.kind == .malformed)
    }

    @Test func `an error names its line`() {
        let error = failure { () throws(XMLError) in _ = try Document(parsing: "<a>\n<b>\n</c>\n</a>") }
        #expect(error?.line == 3)
        #expect(error?.file == nil)
        #expect(error?.message.contains("mismatch") == true)
    }

    @Test(arguments: [
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/'>%x;]><a/>",
        "<?xml version='1.0'?>\n<!-- c -->\n<!DOCTYPE",
    ])
    func `a DOCTYPE is refused`(text: String) {
        let error = failure { () throws(XMLError) in _ = try Document(parsing: text) }
        #expect(error?.kind == .doctype || text.hasSuffix("DOCTYPE"))
        #expect(error != nil)
    }

    @Test func `a DOCTYPE's line is known`() {
        let error = failure { () throws(XMLError) in _ = try Document(parsing: "<!-- \n -->\n<!DOCTYPE a>\n<a/>") }
        #expect(error?.kind == .doctype)
        #expect(error?.line == 3)
    }

    @Test func `an entity bomb ends at once`() {
        var bomb = "<!DOCTYPE a [<!ENTITY e0 'ha'>"
        for level in 1...30 { bomb += "<!ENTITY e\(level) '&e\(level - 1);&e\(level - 1);'>" }
        bomb += "]><a>&e30;</a>"
        let time = processorTime {
            #expect(failure { () throws(XMLError) in _ = try Document(parsing: bomb) }?.kind == .doctype)
        }
        #expect(time < .seconds(1))
    }

    @Test func `a document above the limit is refused`() throws {
        let text = "<a>" + String(repeating: "x", count: 100) + "</a>"
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: text, limits: ParseLimits(bytes: 106)) }?.kind == .tooLarge)
        _ = try Document(parsing: text, limits: ParseLimits(bytes: 107))
        let huge = [UInt8](repeating: 0x20, count: (10 << 20) + 1)
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: huge) }?.kind == .tooLarge)
    }

    @Test func `a document of more than 256 levels is refused`() throws {
        func nested(_ depth: Int) -> String { String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth) }
        _ = try Document(parsing: nested(250))
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: nested(300)) }?.kind == .malformed)
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: nested(100_000)) }?.kind == .malformed)
    }

    @Test(arguments: ["<a/>\0", "<a/>\0<b/>", "\0<a/>", "<a>\0</a>", "<a b='\0'/>"])
    func `a NUL byte is refused`(text: String) {
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: text) }?.kind == .malformed)
    }

    @Test(arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80], [0x01]] as [[UInt8]])
    func `what is not UTF-8 is refused`(wrong: [UInt8]) {
        let bytes = Array("<a>".utf8) + wrong + Array("</a>".utf8)
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: bytes) }?.kind == .malformed)
    }

    @Test func `another encoding does not get in by its declaration or its mark`() throws {
        let declared = try Document(parsing: "<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>")
        #expect(try declared.strings(at: "/a") == ["ü"])
        let marked = try Document(parsing: [0xEF, 0xBB, 0xBF] + Array("<a>ü</a>".utf8))
        #expect(try marked.strings(at: "/a") == ["ü"])
        let wide: [UInt8] = [0xFE, 0xFF] + "<a/>".utf8.flatMap { [0, $0] }
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: wide) }?.kind == .malformed)
        let utf7 = "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4-<a/>"
        #expect(failure { () throws(XMLError) in _ = try Document(parsing: utf7) }?.kind == .malformed)
    }

    @Test func `bytes may come from any collection`() throws {
        let document = try Document(parsing: AnyCollection(Array("<a>1</a>".utf8)))
        #expect(try document.strings(at: "/a") == ["1"])
    }
}
