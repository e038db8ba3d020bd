// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt

/// The reading of all domains of a host while events go on to tell of changes.
struct Sweep {
    var batch: DomainBatch
    /// The domains that were read again meanwhile, which may be after the sweep came by.
    private var newer: Set<UUID> = []

    init(of snapshot: HostSnapshot) { batch = DomainBatch(.kind(.domain), of: snapshot) }

    mutating func note(_ changes: InventoryChanges) { newer.formUnion(changes.domains.keys) }

    func applied(to snapshot: HostSnapshot) -> HostSnapshot { snapshot.applying(batch, newer: newer) }
}
