// SPDX-License-Identifier: GPL-2.0-or-later

/// What may be done at most on the hosts that are in it, whatever a role gives.
public struct PermissionPool: Hashable, Sendable {
    public let name: String
    public let permissions: [PermissionPattern]

    public init(name: String, permissions: [PermissionPattern]) {
        self.name = name
        self.permissions = permissions
    }

    public func allows(_ permission: Permission) -> Bool { permissions.contains { $0.matches(permission) } }
}
