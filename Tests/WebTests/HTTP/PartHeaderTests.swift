// SPDX-License-Identifier: GPL-2.0-or-later

import Testing

@testable import Web

@Suite struct PartHeaderTests {
    @Test(
        arguments: [
            ("name=\"a\"", "a", nil), ("name=a", "a", nil), ("NAME=\"a\" ; FileName=\"b.iso\"", "a", "b.iso"), ("name=\"\"", "", nil),
            ("name=\"a%22b%0D%0Ac%0a\"", "a\"b\r\nc\n", nil), ("name=\"a\\\"b\\\\c\"", "a\"b\\c", nil),
            ("name=\"50%25 %zz %2 %\"", "50%25 %zz %2 %", nil),
            ("name=\"a\"; filename=\"C:\\dir\\x.iso\"", "a", "C:\\dir\\x.iso"), ("name=\"a\"; filename=\"\"", "a", ""),
            ("name=\"a\"; filename=\"x\"; filename*=UTF-8''y%20z", "a", "x"), ("name=\"a\"; filename*=UTF-8''y", "a", nil),
            ("name=\"ü;=\"", "ü;=", nil),
            ("name=\"a\"; filename=\"../../etc/passwd\"", "a", "../../etc/passwd"),
        ] as [(String, String, String?)])
    func `names are read as browsers and curl write them`(parameters: String, name: String, filename: String?) throws {
        let header = try PartHeader(Array("Content-Disposition: form-data; \(parameters)\r\n\r\n".utf8))
        #expect(Array(header.name.utf8) == Array(name.utf8))
        #expect(header.filename == filename)
    }

    @Test func `fields have names in any case and values without white space around them`() throws {
        let block =
            "X-Other:\r\nCONTENT-TYPE:\t text/plain; charset=utf-8 \r\ncontent-disposition:FORM-DATA;name=a\r\nContent-Transfer-Encoding: Binary\r\n\r\n"
        let header = try PartHeader(Array(block.utf8))
        #expect(header.name == "a")
        #expect(header.contentType == "text/plain; charset=utf-8")
    }

    @Test func `a part without a name is refused`() {
        let error = #expect(throws: MultipartError.self) { try PartHeader(Array("Content-Disposition: form-data; filename=\"x\"\r\n\r\n".utf8)) }
        #expect(error == MultipartError(code: .malformed, message: "A part has no name."))
    }

    @Test(arguments: [
        "", "Content-Type: a/b\r\n", "Content-Disposition: attachment; name=a\r\n", "Content-Disposition: form-data; name=a; name=b\r\n",
        "Content-Disposition: form-data; name=\"a\r\n", "Content-Disposition: form-data; name=\"a\"b\r\n",
        "Content-Disposition: form-data name=a\r\n",
        "Content-Disposition : form-data; name=a\r\n", "Content-Disposition\r\n", ": x\r\n", "Content-Disposition: form-data;\r\n name=a\r\n",
        "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=a\r\n", "Content-Disposition: form-data; name=\"a\0\"\r\n",
        "Content-Disposition: form-data; name=\"a\rb\"\r\n", "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n",
    ])
    func `a malformed header is refused`(lines: String) {
        let error = #expect(throws: MultipartError.self) { try PartHeader(Array("\(lines)\r\n".utf8)) }
        #expect(error?.code == .malformed)
    }

    @Test func `a name that is no UTF-8 is refused`() {
        let block = Array("Content-Disposition: form-data; name=\"".utf8) + [0xFF] + Array("\"\r\n\r\n".utf8)
        #expect(throws: MultipartError.self) { try PartHeader(block) }
    }
}
