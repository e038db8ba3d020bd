// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a line of the audit was not written, in a sentence for the log.
public struct AuditError: Error, Hashable, Sendable, CustomStringConvertible {
    public let message: String

    public init(_ message: String) { self.message = message }

    public var description: String { message }
}
