// SPDX-License-Identifier: GPL-2.0-or-later

/// Who has which role for what, where not everybody may do everything.
public struct Authority: Hashable, Sendable {
    public let grants: [Grant]
    /// The members of each group.
    public let groups: [String: Set<String>]
    public let rules: OwnerRules

    public init(grants: [Grant] = [], groups: [String: Set<String>] = [:], rules: OwnerRules = OwnerRules()) {
        self.grants = grants
        self.groups = groups
        self.rules = rules
    }

    /// An authenticated user with the groups that this puts it into.
    /// - Parameter bound: what a token gives at most.
    public func caller(named name: String, bound: Role? = nil) -> Caller {
        Caller(name: name, groups: Set(groups.filter { $0.value.contains(name) }.keys), bound: bound)
    }

    /// Whether there may be an object for which the permission is given.
    func givesSomewhere(_ permission: Permission, to caller: Caller) -> Bool {
        caller.name != nil && (Role.owner.gives(permission) || grants.contains { $0.isFor(caller) && $0.role.gives(permission) })
    }

    /// Whether a grant gives the permission, or the role that each user has for what is his.
    func gives(_ permission: Permission, on object: ObjectReference, to caller: Caller) -> Bool {
        guard let name = caller.name else { return false }
        let isDisputed = if case .domain(_, _, _, let owner) = object { owner.isDisputed } else { false }
        if !isDisputed, Scope.own.holds(object, for: name, rules: rules), Role.owner.gives(permission) { return true }
        return grants.contains { grant in
            grant.isFor(caller) && grant.scope.holds(object, for: name, rules: rules)
                && grant.role.gives(permission) && (!isDisputed || grant.role.gives(.changeOwner))
        }
    }
}
