// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory
import Libvirt

/// The domains of a host of which nothing is known but what it announced: their names and UUIDs.
public struct AnnouncedDomains: Sendable {
    public let list: DomainList
    let names: [UUID: String]

    init(_ names: [UUID: String]) {
        self.names = names
        list = DomainList(names.map { DomainRecord(uuid: $0.key, name: $0.value) })
    }
}
