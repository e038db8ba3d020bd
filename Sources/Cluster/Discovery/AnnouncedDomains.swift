// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory
import Libvirt

/// The domains of a host of which nothing is known but what it announced: their names and UUIDs.
public struct AnnouncedDomains: Sendable {
    /// By name, then by UUID.
    public let records: [DomainRecord]
    let names: [UUID: String]
    private let positions: [UUID: Int]

    init(_ names: [UUID: String]) {
        self.names = names
        records = names.map { DomainRecord(uuid: $0.key, name: $0.value) }.sorted { left, right in
            left.name.utf8.elementsEqual(right.name.utf8) ? left.uuid < right.uuid : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        positions = Dictionary(uniqueKeysWithValues: records.enumerated().map { ($1.uuid, $0) })
    }

    func domain(_ uuid: UUID) -> DomainRecord? { positions[uuid].map { records[$0] } }

    func domains(named name: String) -> [DomainRecord] { records.filter { $0.name.utf8.elementsEqual(name.utf8) } }
}
