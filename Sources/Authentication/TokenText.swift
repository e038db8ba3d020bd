// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Crypto
import Foundation

/// A token as a script holds it: `hvt_`, its id, `_`, and a secret of 256 bits.
struct TokenText: Sendable {
    static let prefix = "hvt_"
    private static let identifierLength = 16
    private static let secretBytes = 32
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    let identifier: String
    private let secret: [UInt8]

    /// A new one.
    init() {
        identifier = String(decoding: Random.bytes(Self.identifierLength).map { Self.digits[Int($0 & 31)] }, as: UTF8.self)
        secret = Random.bytes(Self.secretBytes)
    }

    /// Nil unless it is one, to the letter.
    init?(_ text: Substring) {
        let bytes = Array(text.utf8)
        let start = Self.prefix.utf8.count, end = start + Self.identifierLength
        guard bytes.count > end, bytes.starts(with: Self.prefix.utf8), bytes[end] == UInt8(ascii: "_"),
            let secret = Base64URL.decode(bytes[(end + 1)...]), secret.count == Self.secretBytes
        else { return nil }
        let identifier = String(decoding: bytes[start..<end], as: UTF8.self)
        guard Self.isIdentifier(identifier) else { return nil }
        self.identifier = identifier
        self.secret = secret
    }

    var text: String { Self.prefix + identifier + "_" + String(decoding: Base64URL.encode(secret), as: UTF8.self) }

    /// What is stored of the secret. It has too many bits to be guessed, so that a quick hash will do.
    var digest: SHA256Digest { SHA256.hash(data: secret) }

    /// Whether the secret is this token's; compared in a time that tells nothing.
    func isOf(_ token: Token) -> Bool { digest == Data(token.digest) }

    /// Whether it can be a token's id, and so a file's name.
    static func isIdentifier(_ text: String) -> Bool { text.utf8.count == identifierLength && text.utf8.allSatisfy(digits.contains) }
}
