// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt

/// Domains on which a command may still take effect of which nobody heard: what was sent into a broken line can arrive when it is whole again,
/// and not all that changes sends an event.
struct Doubts {
    /// Readings after which the sweep has come by.
    private static let readings = 60
    private static let capacity = 256

    /// How often each is still to be read.
    private var left: [UUID: Int] = [:]

    var isEmpty: Bool { left.isEmpty }

    mutating func insert(_ uuid: UUID) {
        if left.count < Self.capacity || left[uuid] != nil { left[uuid] = Self.readings }
    }

    /// The host is there again: what was under way arrives from now on.
    mutating func renew() { left = left.mapValues { _ in Self.readings } }

    /// All of them, once more.
    mutating func take() -> InventoryChanges {
        var changes = InventoryChanges()
        for uuid in left.keys { changes.formUnion(.domain(uuid)) }
        left = left.compactMapValues { $0 > 1 ? $0 - 1 : nil }
        return changes
    }
}
