// SPDX-License-Identifier: GPL-2.0-or-later

/// Enough of an object to name it and to find it again.
public struct ObjectIdentity: Hashable, Sendable {
    public let path: ObjectPath
    /// What people call it.
    public let name: ObjectName
    /// Nil for kinds that have none.
    public let uuid: UUID?

    public init(path: ObjectPath, name: ObjectName, uuid: UUID?) {
        self.path = path
        self.name = name
        self.uuid = uuid
    }

    public var kind: ObjectKind { path.kind }
}
