// SPDX-License-Identifier: GPL-2.0-or-later

/// The hash of a password as crypt(5) writes it: one that is strong, well-formed and computed within some seconds.
public struct PasswordHash: Hashable, Sendable, CustomStringConvertible {
    public let kind: Kind
    /// ASCII without NUL.
    let text: String

    /// Reads a hash of one of the kinds; throws a sentence that names what is wrong with it, and not the hash.
    public init(_ text: String) throws(AuthenticationError) {
        guard let kind = Kind.allCases.first(where: { kind in kind.prefixes.contains { text.utf8.starts(with: $0.utf8) } }) else {
            throw Self.refusal(of: text)
        }
        switch kind {
        case .bcrypt: try Self.checkBcrypt(text)
        case .gostYescrypt, .yescrypt: try Self.checkYescrypt(text, kind)
        case .scrypt: try Self.checkScrypt(text)
        case .sha256crypt, .sha512crypt: try Self.checkSHA(text, kind)
        }
        guard Self.isKnownToLibcrypt(text) else { throw Self.error(kind, "is of a kind that the libcrypt of this machine does not know.") }
        self.kind = kind
        self.text = text
    }

    /// Its kind alone, so that no log shows it.
    public var description: String { kind.rawValue }

    static func error(_ kind: Kind, _ rest: String) -> AuthenticationError { AuthenticationError("The hash (\(kind.rawValue)) \(rest)") }

    static func malformed(_ kind: Kind) -> AuthenticationError { error(kind, "is not well-formed: it is damaged, or cut off.") }
}
