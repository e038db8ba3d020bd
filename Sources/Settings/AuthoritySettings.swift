// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// Who may do what, as the configuration file says it.
public struct AuthoritySettings: Hashable, Sendable {
    public struct Group: Hashable, Sendable {
        public let name: String
        public let members: [String]
    }

    /// In the order of the file, as all that follows.
    public internal(set) var groups: [Group] = []
    /// The roles beside the built-in ones.
    public internal(set) var roles: [Role] = []
    public internal(set) var grants: [Grant] = []
    public internal(set) var rules = OwnerRules()

    public var authority: Authority {
        Authority(grants: grants, groups: Dictionary(uniqueKeysWithValues: groups.map { ($0.name, Set($0.members)) }), rules: rules)
    }
}
