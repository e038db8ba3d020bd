// SPDX-License-Identifier: GPL-2.0-or-later

/// The value of an `Authorization` header.
struct AuthorizationHeader {
    /// In lower case.
    let scheme: String
    /// What follows the scheme and the spaces behind it.
    let rest: Substring

    init(_ value: String) {
        let scheme = value.utf8.prefix { $0 != UInt8(ascii: " ") }
        self.scheme = String(Substring(scheme)).lowercased()
        rest = Substring(value.utf8[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") })
    }
}
