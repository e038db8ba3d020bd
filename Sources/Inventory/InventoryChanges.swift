// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// What of a host's inventory is to be read anew.
public struct InventoryChanges: Sendable {
    public private(set) var domains: [UUID: HostEvent.Extent] = [:]
    /// Whether the whole list of domains is, with all that is in it.
    public private(set) var allDomains = false
    public private(set) var objects: Set<ObjectKind> = []

    public init() {}

    /// Everything.
    public static var all: InventoryChanges {
        var changes = allObjects
        changes.allDomains = true
        return changes
    }

    /// Everything but the domains.
    public static var allObjects: InventoryChanges {
        var changes = InventoryChanges()
        changes.objects = Set(HostSnapshot.kinds)
        return changes
    }

    public static func domain(_ uuid: UUID, _ extent: HostEvent.Extent = .all) -> InventoryChanges {
        var changes = InventoryChanges()
        changes.insert(.domain(uuid, extent))
        return changes
    }

    /// All objects of a kind.
    public static func kind(_ kind: ObjectKind) -> InventoryChanges {
        var changes = InventoryChanges()
        if kind == .domain { changes.allDomains = true } else { changes.insert(.objects(kind)) }
        return changes
    }

    public var isEmpty: Bool { domains.isEmpty && !allDomains && objects.isEmpty }

    public mutating func insert(_ event: HostEvent) {
        switch event {
        case .domain(let uuid, let extent): domains[uuid] = max(domains[uuid] ?? .state, extent)
        case .objects(let kind): if HostSnapshot.kinds.contains(kind) { objects.insert(kind) }
        }
    }

    public mutating func formUnion(_ other: InventoryChanges) {
        domains.merge(other.domains) { max($0, $1) }
        allDomains = allDomains || other.allDomains
        objects.formUnion(other.objects)
    }
}
