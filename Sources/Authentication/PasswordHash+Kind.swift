// SPDX-License-Identifier: GPL-2.0-or-later

extension PasswordHash {
    /// The kinds that are taken, under libcrypt's names.
    public enum Kind: String, CaseIterable, Sendable {
        case bcrypt, scrypt, sha256crypt, sha512crypt, yescrypt
        case gostYescrypt = "gost-yescrypt"

        /// What a hash of it begins with. `$2x$`, made by a broken bcrypt, is none of them.
        var prefixes: [String] {
            switch self {
            case .bcrypt: ["$2a$", "$2b$", "$2y$"]
            case .gostYescrypt: ["$gy$"]
            case .scrypt: ["$7$"]
            case .sha256crypt: ["$5$"]
            case .sha512crypt: ["$6$"]
            case .yescrypt: ["$y$"]
            }
        }

        /// Bytes. bcrypt looks at 72 and ignores the rest, so all passwords that begin with the same 72 would be one: no longer one is right.
        var longestPassword: Int { self == .bcrypt ? 72 : PasswordHash.longestPassword }
    }

    /// Bytes: libcrypt's `CRYPT_MAX_PASSPHRASE_SIZE` less the NUL.
    public static let longestPassword = 511
}
