// SPDX-License-Identifier: GPL-2.0-or-later

/// Who asks.
public struct Caller: Hashable, Sendable {
    /// The authenticated user's name; nil for somebody unknown.
    public let name: String?
    /// The groups that the configuration puts the user into.
    public let groups: Set<String>

    public init(name: String?, groups: Set<String> = []) {
        self.name = name
        self.groups = groups
    }

    public static let anonymous = Caller(name: nil)
}
