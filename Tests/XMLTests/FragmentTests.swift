// SPDX-License-Identifier: GPL-2.0-or-later
import Testing
import XML

@Suite struct FragmentTests {
    @Test(arguments: [
        ("<a/>", "<a/>"),
        (" \n<a/>\n", "<a/>"),
        ("\u{FEFF}<a/>", "<a/>"),
        ("<?xml version='1.0' encoding='UTF-16'?>\n<a>ü</a>", "<a>ü</a>"),
        ("<!-- > <x/> --><?p <y>?><a b='>/>'>&lt;\r\n<!-- </a> --></a><!-- <z> --><?q?>", "<a b='>/>'>&lt;\r\n<!-- </a> --></a>"),
        ("<a><a/><a></a><![CDATA[</a>]]></a >\n", "<a><a/><a></a><![CDATA[</a>]]></a >"),
        ("<p:a xmlns:p = \"urn:'>\" />", "<p:a xmlns:p = \"urn:'>\" />"),
    ])
    func `a fragment is its element, as it was given`(text: String, element: String) throws {
        #expect(try Fragment(parsing: text).text == element)
    }

    @Test(arguments: ["", "text", "<a/><b/>", "<a>", "<hv:a/>", "<a>\0</a>", "<a>&x;</a>"])
    func `what is not one well-formed element is refused`(text: String) {
        #expect(failure { () throws(XMLError) in _ = try Fragment(parsing: text) }?.kind == .malformed)
    }

    @Test func `a fragment with a DOCTYPE is refused`() {
        #expect(failure { () throws(XMLError) in _ = try Fragment(parsing: "<!DOCTYPE a><a/>") }?.kind == .doctype)
    }
}
