// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// Gives every host a name that no other has.
struct HostNaming {
    private var taken: Set<String>

    /// - Parameter reserved: the names that hosts have already.
    init(reserved: some Sequence<String>) { taken = Set(reserved) }

    /// What the URI says, with a number behind it where that is taken.
    mutating func name(for uri: String) -> String {
        let base = ConnectionURI(uri).hostName
        var name = base
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }
}
