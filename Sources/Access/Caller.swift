// SPDX-License-Identifier: GPL-2.0-or-later

/// Who asks.
public struct Caller: Hashable, Sendable {
    /// The authenticated user's name; nil for somebody unknown.
    public let name: String?

    public init(name: String?) { self.name = name }

    public static let anonymous = Caller(name: nil)
}
