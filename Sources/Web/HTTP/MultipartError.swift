// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a `multipart/form-data` body was refused.
struct MultipartError: Error, Equatable, CustomStringConvertible {
    enum Code: Sendable {
        /// The boundary is too long, too short, or holds a character that RFC 2046 does not allow.
        case boundary
        /// The header of a part exceeds ``MultipartParser/Limits/headerBytes``.
        case headerTooLarge
        /// The body ended before its closing boundary.
        case incomplete
        /// Something stands where the grammar allows it not.
        case malformed
        /// More parts than ``MultipartParser/Limits/parts``.
        case tooManyParts
    }

    let code: Code
    let message: String

    var description: String { message }
}
