// SPDX-License-Identifier: GPL-2.0-or-later

/// The one place that says who may do what. Every call, from every route, asks it.
public struct Gate: Sendable {
    public enum Decision: Hashable, Sendable {
        case allowed
        /// Refused, with a sentence for the caller, which names no object.
        case denied(String)

        public var isAllowed: Bool { self == .allowed }
    }

    public let mode: AccessMode
    public let visibility: Visibility
    public let authority: Authority

    private let knowsUsers: Bool
    private let pools: [String: PermissionPool]
    private let poolOfOther: (@Sendable (String) -> PermissionPool?)?

    /// - Parameters:
    ///   - authority: who has which role; without meaning where everyone sees all.
    ///   - knowsUsers: whether anybody can show who he is. Then nobody unknown learns who did what.
    ///   - pools: by the name of a host, the pool that it is in. A host that is in none is not bounded.
    ///   - poolOfOther: the pool of a host that is not among these.
    public init(
        mode: AccessMode, visibility: Visibility = .everyone, authority: Authority = Authority(), knowsUsers: Bool = false,
        pools: [String: PermissionPool] = [:],
        poolOfOther: (@Sendable (String) -> PermissionPool?)? = nil
    ) {
        self.mode = mode
        self.visibility = visibility
        self.authority = authority
        self.knowsUsers = knowsUsers
        self.pools = pools
        self.poolOfOther = poolOfOther
    }

    /// Whether the caller may see everything because everybody may, so that it need not be asked of each of thousands.
    public func showsAll(to caller: Caller) -> Bool { visibility == .everyone && pools.isEmpty && poolOfOther == nil && caller.bound == nil }

    /// Whether `caller` has `permission` on `object`.
    public func decide(_ caller: Caller, _ permission: Permission, _ object: ObjectReference) -> Decision {
        decide(caller, permission, on: object.hostName) { authority.gives(permission, on: object, to: caller) }
    }

    /// Whether there may be an object on the host on which `caller` has all of `permissions`: before it is known which one is meant.
    public func decideSomewhere(_ caller: Caller, _ permissions: [Permission], host: String) -> Decision {
        for permission in permissions {
            let decision = decide(caller, permission, on: host) { authority.givesSomewhere(permission, to: caller) }
            guard decision.isAllowed else { return decision }
        }
        return .allowed
    }

    private func decide(_ caller: Caller, _ permission: Permission, on host: String?, _ isGiven: () -> Bool) -> Decision {
        guard mode == .readWrite || permission.isReading else {
            return .denied("This server is read-only: \(permission) is not given to anybody.")
        }
        if let bound = caller.bound, !bound.gives(permission) {
            return .denied("It takes the permission \(permission), which the role \(bound.name) of your token does not give.")
        }
        if knowsUsers, caller.name == nil, permission == .seeAudit {
            return .denied("It takes the permission \(permission), which only a user of this server has.")
        }
        guard visibility == .everyone || isGiven() else {
            return .denied("It takes the permission \(permission), which none of your roles gives you here.")
        }
        if !permission.isOwn, let host, let pool = pools[host] ?? poolOfOther?(host), !pool.allows(permission) {
            return .denied("The host \(host) is in the pool \(pool.name), which gives \(permission) to nobody.")
        }
        return .allowed
    }

    /// Whether `caller` has all of `permissions` on `object`; says why of the first that is refused.
    public func decide(_ caller: Caller, _ permissions: [Permission], _ object: ObjectReference) -> Decision {
        for permission in permissions {
            let decision = decide(caller, permission, object)
            guard decision.isAllowed else { return decision }
        }
        return .allowed
    }
}
