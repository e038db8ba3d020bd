// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// A permission that is asked for: always, only when one of some constants or parameters is given, or only when none of some constants is.
public struct Requirement: Hashable, Sendable {
    public let permission: Permission
    /// The constants of which one must be given; empty: whatever is.
    public let flags: [String]
    /// The constants of which none may be given.
    public let absent: [String]
    /// The parameters of which one must be given; empty: whatever is.
    public let parameters: [String]
    /// Whether it is asked for each object of a list that the command returns: those without it are left out.
    public let isFilter: Bool

    public init(
        _ permission: Permission, if flags: [String] = [], unless absent: [String] = [], with parameters: [String] = [], isFilter: Bool = false
    ) {
        self.permission = permission
        self.flags = flags
        self.absent = absent
        self.parameters = parameters
        self.isFilter = isFilter
    }

    /// Whether it holds for every call.
    public var isConstant: Bool { flags.isEmpty && absent.isEmpty && parameters.isEmpty && !isFilter }

    /// - Parameters:
    ///   - names: the constants that are given.
    ///   - parameters: those that are.
    func holds(given names: Set<String>, parameters given: Set<String>) -> Bool {
        !isFilter && (flags.isEmpty || !names.isDisjoint(with: flags)) && names.isDisjoint(with: absent)
            && (parameters.isEmpty || !given.isDisjoint(with: parameters))
    }

    /// Reads a word of the permission table.
    static func reading(_ word: String) -> [Requirement] {
        if word.hasPrefix("*") { return [Requirement(Permission(String(word.dropFirst())), isFilter: true)] }
        let parts = word.split(separator: "?", maxSplits: 1).map(String.init)
        let permission = Permission(parts[0])
        guard parts.count == 2 else { return [Requirement(permission)] }
        guard parts[1] == "impact" else { return [Requirement(permission, if: parts[1].split(separator: "|").map(String.init))] }
        let impact = permission.object == "network" ? Impact.network : .domain
        return [Requirement(permission, if: [impact.config]), Requirement(permission, unless: [impact.config, impact.live])]
    }
}
