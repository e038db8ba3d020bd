// SPDX-License-Identifier: GPL-2.0-or-later

/// Gives every host a name that no other has.
public struct HostNaming {
    private var taken: Set<String>

    /// - Parameter reserved: the names that hosts have already.
    public init(reserved: some Sequence<String>) { taken = Set(reserved) }

    /// The name that is wanted, with a number behind it where that is taken.
    public mutating func name(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(wanted)-\(number)"
            number += 1
        }
        return name
    }
}
