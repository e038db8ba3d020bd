// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Crypto

/// Stands for a name, the hash that is stored for it and a password, and tells none of them: an HMAC-SHA256 under a key of this process. What
/// is said from elsewhere is another one.
struct PasswordMark: Hashable, Sendable {
    private let code: [UInt8]
    private let origin: AddressBlock

    /// - Parameters:
    ///   - hash: nil: there is no such user.
    ///   - address: where it was said; nil if that is not known.
    init(name: String, hash: PasswordHash?, password: [UInt8], from address: IPAddress? = nil, key: SymmetricKey) {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(name.utf8) + [0] + Array((hash?.text ?? "").utf8) + [0])
        code.update(data: password)
        self.code = Array(code.finalize())
        origin = AddressBlock(address)
    }
}
