// SPDX-License-Identifier: GPL-2.0-or-later
import Authentication
import Foundation
import TestSupport
import Testing

@Suite struct BasicCredentialsTests {
    private func header(_ text: String) -> String { "Basic " + Data(text.utf8).base64EncodedString() }

    @Test func `the examples of RFC 7617 are read`() throws {
        let ascii = try BasicCredentials("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        #expect(ascii.name == "Aladdin" && ascii.password == Array("open sesame".utf8))
        let unicode = try BasicCredentials("Basic dGVzdDoxMjPCow==")
        #expect(unicode.name == "test" && unicode.password == Array("123\u{A3}".utf8))
        #expect("\(ascii)" == "Aladdin")
    }

    @Test(arguments: ["basic", "BASIC", "bAsIc"])
    func `the case of the scheme does not matter, and more spaces may follow it`(scheme: String) throws {
        #expect(try BasicCredentials("\(scheme)   YTpi").name == "a")
    }

    @Test func `the first colon ends the name`() throws {
        let several = try BasicCredentials(header("a:b:c:"))
        #expect(several.name == "a" && several.password == Array("b:c:".utf8))
        let empty = try BasicCredentials(header(":"))
        #expect(empty.name.isEmpty && empty.password.isEmpty)
        let combining = try BasicCredentials(header("a:\u{301}"))
        #expect(combining.name == "a" && combining.password == Array("\u{301}".utf8))
    }

    @Test(arguments: [
        "", " ", "Basic", "Basic ", "BasicYTpi", "Basic\tYTpi", " Basic YTpi", "Basic YTpi ", "Basic YTpi,", "Basic YTpi YTpi", "Basic YTp",
        "Basic YT pi",
        "Basic YTpi=", "Basic YTpi====", "Basic YTo", "Basic YTp=", "Basic YTo\u{3D}\u{3D}", "Basic =", "Basic YT=i", "Basic Y!pi", "Basic YTpi\r\n",
        "Basic YTpi\0",
        "Basic YS1_", "Basic \u{FF}", "Bearer YTpi", "Digest username=\"a\"", "Negotiate YTpi", "Basic realm=\"x\"", "Basic YWI=",
    ])
    func `what is not to the letter is refused`(authorization: String) {
        #expect(throws: AuthenticationError.self) { try BasicCredentials(authorization) }
    }

    @Test func `control characters, other encodings and lengths beyond reason are refused`() {
        for text in ["a\0:b", "a:b\0", "a\n:b", "a:\u{7F}", "a:b\u{85}"] {
            #expect(throws: AuthenticationError.self) { try BasicCredentials(header(text)) }
        }
        for bytes: [UInt8] in [[0x61, 0x3A, 0xFF], [0xC0, 0x80, 0x3A], [0x61, 0x3A, 0xE2, 0x82], [0x61, 0x3A, 0xED, 0xA0, 0x80]] {
            #expect(throws: AuthenticationError.self) { try BasicCredentials("Basic " + Data(bytes).base64EncodedString()) }
        }
        #expect(throws: AuthenticationError.self) { try BasicCredentials(header("a:" + String(repeating: "b", count: 100_000))) }
        #expect(throws: Never.self) { try BasicCredentials(header("a:" + String(repeating: "b", count: 2000))) }
    }

    @Test(arguments: UInt64(1)...10)
    func `what was put in comes out, and nothing crashes it`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let text = generator.text(upTo: 40)
            if let credentials = try? BasicCredentials(header(text)) {
                #expect(Array(credentials.name.utf8) + [58] + credentials.password == Array(text.utf8))
            }
            _ = try? BasicCredentials(text)
            _ = try? BasicCredentials(String(decoding: generator.mutation(of: Array(header(text).utf8)), as: UTF8.self))
        }
    }
}
