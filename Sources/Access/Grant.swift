// SPDX-License-Identifier: GPL-2.0-or-later

/// A role, given to a user or a group for some objects.
public struct Grant: Hashable, Sendable {
    public enum Grantee: Hashable, Sendable {
        case user(String)
        case group(String)
    }

    public let role: Role
    public let grantee: Grantee
    public let scope: Scope

    public init(_ role: Role, to grantee: Grantee, on scope: Scope) {
        self.role = role
        self.grantee = grantee
        self.scope = scope
    }

    func isFor(_ caller: Caller) -> Bool {
        switch grantee {
        case .user(let name): caller.name.map { $0.utf8.elementsEqual(name.utf8) } ?? false
        case .group(let name): caller.groups.contains(name)
        }
    }
}
