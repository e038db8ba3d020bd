// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Addresses

@Suite struct URLEncodedFormTests {
    @Test(
        arguments: [
            ("", []), ("&&", []), ("a", [["a", ""]]), ("a=", [["a", ""]]), ("=", [["", ""]]), ("=b", [["", "b"]]), ("a=b=c", [["a", "b=c"]]),
            ("a=1&a=2&", [["a", "1"], ["a", "2"]]), ("&a=1&&b=2", [["a", "1"], ["b", "2"]]), ("a+b=c%2Bd%20e", [["a b", "c+d e"]]),
            ("%26=%3D", [["&", "="]]), ("x=%c3%BC", [["x", "ü"]]), ("x=ü", [["x", "ü"]]), ("x=a\r\nb", [["x", "a\r\nb"]]),
            ("x=%0D%0A", [["x", "\r\n"]]),
        ] as [(String, [[String]])])
    func `a form is decoded as browsers write it`(text: String, fields: [[String]]) throws {
        #expect(try URLEncodedForm.decode(text.utf8).map { [$0.name, $0.value] } == fields)
    }

    @Test(arguments: ["%", "a=%", "a=%4", "a=%4&b", "a=%zz", "a=%-1", "a=%ff", "a=%C3&b=%BC", "a=%00", "%00", "a=\0", "a=%ED%A0%80"])
    func `a malformed form is refused`(text: String) {
        let error = #expect(throws: FormError.self) { try URLEncodedForm.decode(text.utf8) }
        #expect(error?.code == .malformed)
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        #expect(throws: FormError.self) { try URLEncodedForm.decode([0x61, 0x3D, 0xFF]) }
    }

    @Test func `more fields than allowed are refused`() throws {
        #expect(try URLEncodedForm.decode("a&b&c&&".utf8, maximumFields: 3).count == 3)
        let error = #expect(throws: FormError.self) { try URLEncodedForm.decode("a&b&c&d".utf8, maximumFields: 3) }
        #expect(error?.code == .tooManyFields)
        #expect(throws: FormError.self) { try URLEncodedForm.decode(String(repeating: "a&", count: 1001).utf8) }
    }

    @Test func `a form is encoded as the URL standard says`() {
        #expect(URLEncodedForm.encode([("a b", "*-._~"), ("ü", "1+1=2&\r\n"), ("", "")]) == "a+b=*-._%7E&%C3%BC=1%2B1%3D2%26%0D%0A&=")
        #expect(URLEncodedForm.encode([]) == "")
    }

    @Test(arguments: UInt64(0)..<8)
    func `any fields survive a round trip`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let items = (0..<Int.random(in: 0...6, using: &random)).map { _ in (random.text(upTo: 10), random.text(upTo: 30)) }
            let decoded = try URLEncodedForm.decode(URLEncodedForm.encode(items).utf8)
            #expect(decoded.map { Array($0.name.utf8) } == items.map { Array($0.0.utf8) }, "seed \(seed), round \(round)")
            #expect(decoded.map { Array($0.value.utf8) } == items.map { Array($0.1.utf8) }, "seed \(seed), round \(round)")
        }
    }

    @Test func `no mutation crashes`() throws {
        let seed: UInt64 = 2
        var random = SeededGenerator(seed: seed)
        let form = Array("name=web+1&memory=%31024&flags=A&flags=B&xml=%3Cdomain%2F%3E&note=%C3%BC".utf8)
        for round in 0..<10_000 {
            guard let items = try? URLEncodedForm.decode(random.mutation(of: form), maximumFields: 20) else { continue }
            let again = try URLEncodedForm.decode(URLEncodedForm.encode(items.map { ($0.name, $0.value) }).utf8)
            #expect(again.map { [$0.name, $0.value] } == items.map { [$0.name, $0.value] }, "seed \(seed), round \(round)")
        }
    }
}
