// SPDX-License-Identifier: GPL-2.0-or-later
import Crypto

/// The key under which sessions are signed. Another key ends all of them.
struct SessionKey: Equatable, Sendable {
    /// Bytes, at least.
    static let shortest = 32

    private let signing: SymmetricKey
    private let marking: SymmetricKey

    /// - Parameter bytes: at least 32, that nobody can guess.
    init(_ bytes: [UInt8]) {
        func derived(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: SymmetricKey(data: bytes), info: Array(purpose.utf8), outputByteCount: 32)
        }
        signing = derived("handlervirt session signature")
        marking = derived("handlervirt session password mark")
    }

    /// One that ends with this process.
    static func random() -> SessionKey { SessionKey(Random.bytes(64)) }

    func signature(of bytes: [UInt8]) -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: bytes, using: signing)) }

    /// Compares in a time that tells nothing.
    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: bytes, using: signing)
    }

    /// Stands for what a user's password is verified by, and does not tell it.
    func mark(of hash: PasswordHash, name: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(name.utf8) + [0] + Array(hash.text.utf8), using: marking))
    }
}
