// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// A permission that libvirt asks for: always, only when one of some flags is given, or only when none of some is.
public struct Requirement: Hashable, Sendable {
    public let permission: Permission
    /// The constants of which one must be given; empty: whatever is.
    public let flags: [String]
    /// The constants of which none may be given.
    public let absent: [String]

    public init(_ permission: Permission, if flags: [String] = [], unless absent: [String] = []) {
        self.permission = permission
        self.flags = flags
        self.absent = absent
    }

    /// Whether it holds for every call.
    public var isConstant: Bool { flags.isEmpty && absent.isEmpty }

    func holds(given names: Set<String>) -> Bool {
        (flags.isEmpty || !names.isDisjoint(with: flags)) && names.isDisjoint(with: absent)
    }
}
