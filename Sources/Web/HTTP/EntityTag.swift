// SPDX-License-Identifier: GPL-2.0-or-later

/// Strong entity tags that are a function of the bytes alone, so that replicas agree (RFC 9110, 8.8.3).
enum EntityTag {
    /// FNV-1a with 64 bits and the length, both in hexadecimal, quoted. Not a secret and no proof: who can choose the bytes of
    /// two representations can make their tags equal.
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var length = 0
        for byte in bytes {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            length += 1
        }
        let digits = String(hash, radix: 16)
        return "\"" + String(repeating: "0", count: 16 - digits.utf8.count) + digits + "-" + String(length, radix: 16) + "\""
    }

    /// Whether the field matches `tag` by weak comparison (RFC 9110, 13.1.2). A malformed list matches nothing from there on,
    /// which costs a full answer and no more.
    static func matches(ifNoneMatch field: String, tag: String) -> Bool {
        var rest = field.utf8[...]
        trim(&rest)
        if rest.first == UInt8(ascii: "*") {
            rest.removeFirst()
            trim(&rest)
            return rest.isEmpty
        }
        let opaque = tag.utf8.starts(with: "W/".utf8) ? tag.utf8.dropFirst(2) : tag.utf8[...]
        while true {
            while rest.first == UInt8(ascii: ",") {
                rest.removeFirst()
                trim(&rest)
            }
            if rest.starts(with: "W/".utf8) {
                rest.removeFirst(2)
            }
            guard rest.first == UInt8(ascii: "\""), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else { return false }
            if rest[...end].elementsEqual(opaque) { return true }
            rest = rest[end...].dropFirst()
            trim(&rest)
            guard rest.first == UInt8(ascii: ",") else { return false }
        }
    }

    /// Drops leading white space.
    private static func trim(_ text: inout Substring.UTF8View) {
        text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }
}
