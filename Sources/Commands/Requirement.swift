// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// A permission that libvirt asks for, always or only when one of some flags is given.
public struct Requirement: Hashable, Sendable {
    public let permission: Permission
    /// The constants' names; empty: always.
    public let flags: [String]

    public init(_ permission: Permission, if flags: [String] = []) {
        self.permission = permission
        self.flags = flags
    }
}
