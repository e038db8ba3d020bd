// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a form or a query was refused.
struct FormError: Error, Equatable, CustomStringConvertible {
    enum Code: Sendable {
        /// A truncated or wrong percent-encoding, invalid UTF-8, or a NUL.
        case malformed
        /// More fields than the caller allows.
        case tooManyFields
    }

    let code: Code
    let message: String

    var description: String { message }
}
