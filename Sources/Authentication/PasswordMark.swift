// SPDX-License-Identifier: GPL-2.0-or-later
import Crypto

/// Stands for a name, the hash that is stored for it and a password, and tells none of them: an HMAC-SHA256 under a key of this process.
struct PasswordMark: Hashable, Sendable {
    private let code: [UInt8]

    /// - Parameter hash: nil: there is no such user.
    init(name: String, hash: PasswordHash?, password: [UInt8], key: SymmetricKey) {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(name.utf8) + [0] + Array((hash?.text ?? "").utf8) + [0])
        code.update(data: password)
        self.code = Array(code.finalize())
    }
}
