// SPDX-License-Identifier: GPL-2.0-or-later

/// The one place that says who may do what. Every call, from every route, asks it.
public struct Gate: Sendable {
    public enum Decision: Hashable, Sendable {
        case allowed
        /// Refused, with a sentence for the caller.
        case denied(String)

        public var isAllowed: Bool { self == .allowed }
    }

    public let mode: AccessMode

    private let pools: [String: PermissionPool]
    private let poolOfOther: (@Sendable (String) -> PermissionPool?)?

    /// - Parameters:
    ///   - pools: by the name of a host, the pool that it is in. A host that is in none is not bounded.
    ///   - poolOfOther: the pool of a host that is not among these.
    public init(mode: AccessMode, pools: [String: PermissionPool] = [:], poolOfOther: (@Sendable (String) -> PermissionPool?)? = nil) {
        self.mode = mode
        self.pools = pools
        self.poolOfOther = poolOfOther
    }

    /// Whether `caller` has `permission` on `object`.
    public func decide(_ caller: Caller, _ permission: Permission, _ object: ObjectReference) -> Decision {
        guard mode == .readWrite || permission.isReading else {
            return .denied("This server is read-only: \(permission) is not given to anybody.")
        }
        if let pool = pools[object.hostName] ?? poolOfOther?(object.hostName), !pool.allows(permission) {
            return .denied("The host \(object.hostName) is in the pool \(pool.name), which gives \(permission) to nobody.")
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
