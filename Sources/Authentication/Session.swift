// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// That somebody has logged in, as his cookie tells it: nothing is stored here, so that any replica with the same key takes it.
struct Session: Hashable, Sendable {
    /// Bytes of the random number by which it is ended.
    private static let identifierLength = 16
    private static let markLength = 32
    private static let fixedLength = 8 + 8 + identifierLength + markLength
    /// Bytes of a cookie's value, at most: more than the longest name needs.
    static let longest = 512

    let name: String
    /// Seconds since 1970, like all times here.
    let issued: Int
    let expires: Int
    let identifier: [UInt8]
    /// Of the password that it was opened with.
    let mark: [UInt8]

    init(name: String, issued: Int, expires: Int, identifier: [UInt8] = Random.bytes(identifierLength), mark: [UInt8]) {
        self.name = name
        self.issued = issued
        self.expires = expires
        self.identifier = identifier
        self.mark = mark
    }

    /// `v1.`, what it says, a dot, and its signature.
    func text(signedWith key: SessionKey) -> String {
        let payload = Self.bytes(issued) + Self.bytes(expires) + identifier + mark + Array(name.utf8)
        let signed = Self.version + Base64URL.encode(payload)
        return String(decoding: signed + [Self.dot] + Base64URL.encode(key.signature(of: signed)), as: UTF8.self)
    }

    /// Nil unless this key signed it. Whether it still counts is not asked.
    init?(_ text: String, key: SessionKey) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.starts(with: Self.version), let end = bytes.lastIndex(of: Self.dot), end >= Self.version.count,
            let signature = Base64URL.decode(bytes[(end + 1)...]), key.isSignature(signature, of: Array(bytes[..<end])),
            let payload = Base64URL.decode(bytes[Self.version.count..<end]), payload.count > Self.fixedLength,
            let name = String(validating: payload[Self.fixedLength...], as: UTF8.self)
        else { return nil }
        self.init(
            name: name, issued: Self.number(payload[0..<8]), expires: Self.number(payload[8..<16]), identifier: Array(payload[16..<32]),
            mark: Array(payload[32..<64]))
    }

    private static let version = Array("v1.".utf8)
    private static let dot = UInt8(ascii: ".")

    private static func bytes(_ number: Int) -> [UInt8] { (0..<8).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
