// SPDX-License-Identifier: GPL-2.0-or-later
import Crypto

/// Bytes that nobody can guess.
enum Random {
    static func bytes(_ count: Int) -> [UInt8] {
        unsafe SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { unsafe Array($0) }
    }
}
