// SPDX-License-Identifier: GPL-2.0-or-later

/// Why users cannot be verified, as a sentence that never holds a hash or a password; of a file it begins with `FILE:LINE: ` or `FILE: `.
public struct AuthenticationError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
