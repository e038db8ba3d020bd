// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// Who may do what, as the configuration file says it.
public struct AuthoritySettings: Hashable, Sendable {
    /// The members of each group, in the order of the file.
    public var groups: [(name: String, members: [String])] { groupNames.map { ($0, groupMembers[$0] ?? []) } }
    /// The roles beside the built-in ones.
    public internal(set) var roles: [Role] = []
    public internal(set) var grants: [Grant] = []
    public internal(set) var rules = OwnerRules()
    var groupNames: [String] = []
    var groupMembers: [String: [String]] = [:]

    public var authority: Authority { Authority(grants: grants, groups: groupMembers.mapValues { Set($0) }, rules: rules) }
}
