// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a form or a query was refused.
public struct FormError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// A truncated or wrong percent-encoding, invalid UTF-8, or a NUL.
        case malformed
        /// More fields than the caller allows.
        case tooManyFields
    }

    public let code: Code
    public let message: String

    public var description: String { message }
}
