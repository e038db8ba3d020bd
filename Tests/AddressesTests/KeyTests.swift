// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Addresses

/// Names of objects, which may be no text.
@Suite struct KeyTests {
    private func key(_ segment: String) throws(PathError) -> [UInt8] { try PathSegment.decodeKey(segment) }

    @Test(arguments: ["vm1": "vm1", "a%20b": "a b", "%C3%BC": "ü", "ü": "ü", "~YS9i": "a/b", "~": "", "~Lg": ".", "a%2Fb": "a/b", "~w7w": "ü"])
    func `a key that is text is its bytes`(segment: String, name: String) throws {
        #expect(try key(segment) == Array(name.utf8))
        #expect(try key(segment) == Array(PathSegment.decode(segment).utf8))
    }

    @Test(arguments: [[0xFF], [0xC0, 0xAF], [0x2F, 0xFF], [0x61, 0xED, 0xA0, 0x80], [0x80]] as [[UInt8]])
    func `a key that is no UTF-8 is only written with a tilde`(bytes: [UInt8]) throws {
        #expect(try key(PathSegment.encode(bytes: bytes)) == bytes)
        var escaped: [UInt8] = []
        for byte in bytes { PercentEncoding.append(byte, to: &escaped) }
        let error = #expect(throws: PathError.self) { try key(String(decoding: escaped, as: UTF8.self)) }
        #expect(error?.code == .malformed)
    }

    @Test(arguments: ["%00", "a%00b", "~AA", "~YQA", "~_wA"]) func `a key has no NUL in any spelling`(segment: String) {
        let error = #expect(throws: PathError.self) { try key(segment) }
        #expect(error?.code == .malformed)
    }

    @Test func `a target has its keys beside its segments`() throws {
        let target = try RequestTarget("/hosts/a/pools/~_w/volumes/%C3%BC/")
        #expect(target.segments == ["hosts", "a", "pools", "\u{FFFD}", "volumes", "ü"])
        #expect(target.keys == [Array("hosts".utf8), [0x61], Array("pools".utf8), [0xFF], Array("volumes".utf8), [0xC3, 0xBC]])
        #expect(target.target() == "/hosts/a/pools/~_w/volumes/%C3%BC/")
        // What is shown alike is not the same.
        #expect(try RequestTarget("/~77-9").keys == [[0xEF, 0xBF, 0xBD]])
    }

    @Test(arguments: UInt64(0)..<8) func `any key survives in a target`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<300 {
            let keys = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (Bool.random(using: &random) ? random.bytes(upTo: round % 50 == 0 ? 300 : 8) : Array(random.text(upTo: 8).utf8)).filter { $0 != 0 }
            }
            let text = "/" + keys.map { PathSegment.encode(bytes: $0) }.joined(separator: "/")
            let target = try RequestTarget(text)
            #expect(target.keys == keys, "seed \(seed), round \(round)")
            #expect(
                target.segments.map { Array($0.utf8) } == keys.map { Array(String(decoding: $0, as: UTF8.self).utf8) }, "seed \(seed), round \(round)"
            )
            #expect(target.target() == text, "seed \(seed), round \(round)")
        }
    }
}
