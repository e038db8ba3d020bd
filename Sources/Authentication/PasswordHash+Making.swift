// SPDX-License-Identifier: GPL-2.0-or-later
import CCrypt
import Glibc

extension PasswordHash {
    /// Characters of a new password, at least.
    public static let shortestPassword = 8

    /// A new hash of a password: yescrypt, or bcrypt where the libcrypt of this machine has no yescrypt. Throws a sentence where it is no password to take.
    public init(of password: String) throws(AuthenticationError) {
        let isYescrypt = Self.isKnownToLibcrypt("$y$")
        let kind = isYescrypt ? Kind.yescrypt : .bcrypt
        let bytes = Array(password.utf8)
        guard password.count >= Self.shortestPassword else {
            throw AuthenticationError("A password has at least \(Self.shortestPassword) characters.")
        }
        guard bytes.count <= kind.longestPassword else { throw AuthenticationError("A password has at most \(kind.longestPassword) bytes.") }
        guard !password.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw AuthenticationError("There is a control character in the password.")
        }
        var salt = [CChar](repeating: 0, count: Int(CRYPT_GENSALT_OUTPUT_SIZE))
        guard unsafe crypt_gensalt_rn(isYescrypt ? "$y$" : "$2b$", isYescrypt ? 0 : 12, nil, 0, &salt, CInt(salt.count)) != nil else {
            throw Self.error(kind, "cannot be made: \(unsafe String(cString: strerror(errno))).")
        }
        let setting = String(decoding: salt.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        try self.init(unsafe Self.withHash(of: bytes, as: setting, kind) { unsafe String(decoding: $0, as: UTF8.self) })
    }
}
