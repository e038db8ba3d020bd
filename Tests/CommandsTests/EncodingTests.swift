// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite struct EncodingTests {
    @Test(
        arguments: [
            ("0", "0", [1]), ("0-3,^2", "0-1,3", [0b1011]), ("8", "8", [0, 1]), ("7,8", "7-8", [0x80, 1]), ("0-7", "0-7", [0xFF]),
            ("3,1,2", "1-3", [0b1110]), ("0-3,^1,1", "0-3", [0b1111]), ("^5,4", "4", [0b1_0000]), ("007", "7", [0x80]), ("0,0,0", "0", [1]),
        ] as [(String, String, [UInt8])])
    func `a set of CPUs is read as libvirt's XML has it`(text: String, description: String, bits: [UInt8]) throws {
        let set = try #require(CPUSet(text))
        #expect(set.description == description)
        #expect(set.bits == bits)
    }

    @Test(arguments: [
        "", ",", "1,", ",1", "-1", "1-", "1--2", "1-2-3", "2-1", "a", "0x1", "1 ,2", " 1", "^1", "0,^0", "^0-3", "0-3,^1-2", "16384", "0-16384",
        "99999999999999999999", "١", "+1", "1.5", "^", "^^1",
    ])
    func `anything else is no set of CPUs`(text: String) {
        #expect(CPUSet(text) == nil)
    }

    @Test func `a set of CPUs goes up to 16,383`() {
        #expect(CPUSet("16383")?.bits.count == 2048)
        #expect(CPUSet("0-16383")?.description == "0-16383")
        #expect(CPUSet([Bool](repeating: false, count: 8)).description == "")
        #expect(CPUSet([false, true, false]).bits == [2])
    }

    @Test(arguments: UInt64(0)..<8) func `any set of CPUs survives as text and as bits`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let count = Int.random(in: 1...(round % 50 == 0 ? 16_384 : 70), using: &random)
            var members = (0..<count).map { _ in Bool.random(using: &random) }
            members[Int.random(in: 0..<count, using: &random)] = true
            let set = CPUSet(members)
            let again = try #require(CPUSet(set.description))
            #expect(again.description == set.description, "seed \(seed), round \(round)")
            #expect(again.bits == set.bits, "seed \(seed), round \(round)")
            let bits = set.bits.flatMap { byte -> [Bool] in (0..<8).map { byte >> $0 & 1 == 1 } }
            #expect(bits.prefix(count) == members.prefix(bits.count), "seed \(seed), round \(round)")
            #expect(bits.count { $0 } == members.count { $0 }, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: [
        "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=", "foobar": "Zm9vYmFy", "??>": "Pz8+", "???": "Pz8/",
    ])
    func `the examples of RFC 4648 hold`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: [
        "A", "Zg", "Zg=", "Zm8", "Zm9=", "Zh==", "====", "=", "Z===", "Zg==Zg==", "Zm8=Zm9v", "Pz8-", "Pz8_", "Zm9v!", "Zm9v\0===", "Zm\u{A0}9v",
        "ü===",
    ])
    func `garbage is no base64`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `white space in base64 is skipped`() {
        #expect(Base64.decode(" Zm9v\r\nYm\tFy \n") == Array("foobar".utf8))
        #expect(Base64.decode(" \n") == [])
    }

    @Test(arguments: UInt64(0)..<8) func `any bytes survive, as Foundation has them`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let bytes = random.bytes(upTo: round % 50 == 0 ? 10_000 : 40)
            let text = Base64.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString(), "seed \(seed), round \(round)")
            #expect(Base64.decode(text) == bytes, "seed \(seed), round \(round)")
        }
    }
}
