// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Libvirt

/// A host that is connected to already, as far as an announcement can be compared with it.
struct KnownHost: Hashable, Sendable {
    /// How an announced host stands to it.
    enum Likeness: Sendable { case same, imitation, other }

    let name: String
    let driver: String
    var uuid: UUID?
    /// Host names, in small letters and without `.local`.
    var names: Set<String>
    /// Where it is reached; empty: by a socket, or nobody knows yet.
    var addresses: Set<IPAddress>

    func likeness(to key: HostSighting.Key, at others: Set<IPAddress>) -> Likeness {
        guard key.driver.rawValue == driver else { return .other }
        let isThere = !addresses.isDisjoint(with: others)
        let hasUUID = uuid != nil && uuid == key.uuid
        let hasName = names.contains { Self.isSame($0, key.name) }
        guard hasUUID || hasName else { return isThere && (uuid == nil || key.uuid == nil) ? .same : .other }
        // A machine has several addresses. With both its UUID and its name it is a hint about this host, whoever sent it.
        return isThere || addresses.isEmpty || (hasUUID && hasName) ? .same : .imitation
    }

    /// Where one of them lacks a domain, only the first labels are compared.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left != right else { return true }
        func label(_ name: String) -> Substring { name.prefix { $0 != "." } }
        return label(left) == label(right) && (!left.contains(".") || !right.contains("."))
    }
}
