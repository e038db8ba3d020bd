// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Addresses

@Suite struct PathSegmentTests {
    @Test(arguments: [
        ("vm1", "vm1"), ("a b", "a%20b"), ("a+b", "a%2Bb"), ("ü", "%C3%BC"), ("%2e%2e", "%252e%252e"), ("a~", "a~"), ("...", "..."),
        ("vda,x=1@2", "vda,x=1@2"),
        ("52:54", "52%3A54"), ("", "~"), (".", "~Lg"), ("..", "~Li4"), ("a/b", "~YS9i"), ("~root", "~fnJvb3Q"), ("/\u{301}", "~L8yB"), ("\\", "%5C"),
        ("a\r\nb", "a%0D%0Ab"),
    ])
    func `a name has one form`(name: String, segment: String) throws {
        #expect(PathSegment.encode(name) == segment)
        #expect(try Array(PathSegment.decode(segment).utf8) == Array(name.utf8))
        #expect(try Array(PathSegment.decode(segment[...]).utf8) == Array(name.utf8))
    }

    @Test(arguments: ["a%2Fb": "a/b", "%7ELg": ".", "%61": "a", "ü": "ü", "a+b": "a+b", "%c3%bc": "ü", "a;b:c": "a;b:c", "~YQ": "a"])
    func `other spellings are understood`(segment: String, name: String) throws {
        #expect(try PathSegment.decode(segment) == name)
    }

    @Test(arguments: [
        "%", "%a", "%zz", "%+1", "a%2", "%00", "%ff", "%C3", "%ED%A0%80", "%C0%AF", "~!", "~A", "~YQ==", "~YR", "~AA", "~_w", "~%", "a b", "a/b",
        "a?b", "a#b", "a\0", "a\n",
    ])
    func `a malformed segment is refused`(segment: String) {
        let error = #expect(throws: PathError.self) { try PathSegment.decode(segment) }
        #expect(error?.code == .malformed)
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%2e."])
    func `a segment that others resolve is refused`(segment: String) {
        #expect(throws: PathError.self) { try PathSegment.decode(segment) }
        #expect((try? PathSegment.decodeBytes(segment)) == nil)
    }

    @Test(arguments: [[0xFF], [0], [0x61, 0], [0xC0, 0xAF], [0x2F, 0xFF]] as [[UInt8]])
    func `bytes that are no text keep their form`(bytes: [UInt8]) throws {
        let segment = PathSegment.encode(bytes: bytes)
        #expect(segment.hasPrefix("~"))
        #expect(try PathSegment.decodeBytes(segment) == bytes)
        #expect(throws: PathError.self) { try PathSegment.decode(segment) }
    }

    @Test(arguments: UInt64(0)..<8)
    func `any text survives as a segment that nobody rewrites`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<500 {
            let text = random.text(upTo: round % 50 == 0 ? 600 : 12)
            let segment = PathSegment.encode(text)
            #expect(isSafe(segment), "seed \(seed), round \(round)")
            #expect(try Array(PathSegment.decode(segment).utf8) == Array(text.utf8), "seed \(seed), round \(round)")
            #expect(PathSegment.encode(bytes: Array(text.utf8)) == segment, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: UInt64(0)..<8)
    func `any bytes survive as a segment that nobody rewrites`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<500 {
            let bytes = random.bytes(upTo: round % 50 == 0 ? 600 : 6)
            let segment = PathSegment.encode(bytes: bytes)
            #expect(isSafe(segment), "seed \(seed), round \(round)")
            #expect(try PathSegment.decodeBytes(segment) == bytes, "seed \(seed), round \(round)")
        }
    }

    /// Non-empty, of unreserved characters, safe delimiters and whole escapes, and no dots in any spelling, which are all that the
    /// URL standard's path state changes.
    private func isSafe(_ segment: String) -> Bool {
        let dots = [".", "..", "%2e", ".%2e", "%2e.", "%2e%2e"]
        return segment.wholeMatch(of: /(?:[A-Za-z0-9\-._~,=@]|%[0-9A-F]{2})+/) != nil && !dots.contains(segment.lowercased())
    }
}
