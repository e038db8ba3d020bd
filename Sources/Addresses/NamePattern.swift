// SPDX-License-Identifier: GPL-2.0-or-later
import Access

/// A host name in which `*` stands for any text, also for none: `node*.example.org`. Case does not matter, nor a `.local` at the end.
public struct NamePattern: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    private let pattern: TextPattern

    /// Nil if it is empty or holds what no host name does.
    public init?(_ text: String) {
        let name = Self.plain(text)
        guard name.utf8.allSatisfy({ $0 == UInt8(ascii: "*") || Self.isOfName($0) }), let pattern = TextPattern(name) else { return nil }
        description = text
        self.pattern = pattern
    }

    public func matches(_ name: String) -> Bool { pattern.matches(Self.plain(name)) }

    /// A host name in small letters, without the dot or the `.local` at its end.
    public static func plain(_ name: String) -> String {
        var bytes = name.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        if bytes.suffix(6).elementsEqual(".local".utf8) { bytes.removeLast(6) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A letter, digit, `-`, `_` or `.` of ASCII.
    public static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f: true
        default: false
        }
    }
}
