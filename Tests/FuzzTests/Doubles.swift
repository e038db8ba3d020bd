// SPDX-License-Identifier: GPL-2.0-or-later

/// Signs nothing, so that random inputs get past the signature. In place of the one of the package, which needs a library.
struct SessionKey {
    func signature(of bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.reduce(0) { $0 ^ $1 })] }

    func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool { signature.count == 1 }
}

enum Random {
    static func bytes(_ count: Int) -> [UInt8] { Array(repeating: 7, count: count) }
}

extension PasswordHash {
    /// libcrypt is not asked here.
    static func isKnownToLibcrypt(_ text: String) -> Bool { true }
}
