// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a path or a request target was refused.
public struct PathError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable {
        /// Neither an origin-form nor an absolute-form target (RFC 9112, 3.2).
        case form
        /// A character or a percent-encoding that must not stand there, in the path or in the query.
        case malformed
        /// A segment that is empty, `.` or `..`, which clients and proxies would resolve before we see it.
        case segment
        /// More than ``RequestTarget/maximumLength`` bytes: HTTP's 414.
        case tooLong
    }

    public let code: Code
    public let message: String

    public var description: String { message }
}
