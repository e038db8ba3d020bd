// SPDX-License-Identifier: GPL-2.0-or-later

/// Who asks.
public struct Caller: Hashable, Sendable {
    /// The authenticated user's name; nil for somebody unknown.
    public let name: String?
    /// The groups that the configuration puts the user into.
    public let groups: Set<String>
    /// What a token gives at most of what its user may do; nil: the caller is not bounded.
    public let bound: Role?

    public init(name: String?, groups: Set<String> = [], bound: Role? = nil) {
        self.name = name
        self.groups = groups
        self.bound = bound
    }

    public static let anonymous = Caller(name: nil)
}
