// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// Everything one host holds, at one moment. A value that is never waited for.
public struct HostSnapshot: Sendable {
    /// The kinds of objects besides domains that it holds: those of whose changes libvirt tells.
    public static let kinds: [ObjectKind] = [.network, .pool, .device, .secret]
    /// How long a domain that went is remembered: it may be on its way to another host, which has yet to tell.
    private static let memory: Duration = .seconds(5)

    public let host: HostRecord
    /// By name, then by UUID.
    public private(set) var domains: [DomainRecord] = []
    /// By name; nothing for a kind that was not read yet.
    public private(set) var objects: [ObjectKind: [ObjectRecord]] = [:]
    /// What lists show of usage; empty unless somebody looks.
    public private(set) var usage: Usage?
    private var positions: [UUID: Int] = [:]
    private var names: [String: [Int]] = [:]
    private var departed: [(uuid: UUID, name: String, at: ContinuousClock.Instant)] = []

    public init(host: HostRecord) { self.host = host }

    public func domain(_ uuid: UUID) -> DomainRecord? { positions[uuid].map { domains[$0] } }

    /// Names are compared by their bytes: to Swift the Kelvin sign and `K` are one.
    public func domains(named name: String) -> [DomainRecord] {
        (names[name] ?? []).map { domains[$0] }.filter { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The domain of that UUID or name that went a moment ago.
    public func justLost(_ key: String) -> UUID? {
        let (uuid, now) = (UUID(key), ContinuousClock.now)
        return departed.first { now - $0.at < Self.memory && ($0.uuid == uuid || $0.name.utf8.elementsEqual(key.utf8)) }?.uuid
    }

    /// The same with what a finished batch read.
    public func applying(_ batch: DomainBatch) -> HostSnapshot {
        var next = self
        if batch.isWhole {
            next.replace(by: batch.records.values.compactMap { $0 })
        } else if batch.records.allSatisfy({ uuid, record in record != nil && domain(uuid)?.name == record?.name }) {
            for case (let uuid, let record?) in batch.records {
                if let position = positions[uuid] { next.domains[position] = record }
            }
        } else {
            next.replace(by: domains.filter { batch.records[$0.uuid] == nil } + batch.records.values.compactMap { $0 })
        }
        return next
    }

    /// The same with what a finished batch read.
    public func applying(_ batch: ObjectBatch) -> HostSnapshot {
        var next = self
        next.objects[batch.kind] = batch.records.sorted { $0.identity.name.bytes.lexicographicallyPrecedes($1.identity.name.bytes) }
        return next
    }

    public func applying(_ usage: Usage?) -> HostSnapshot {
        var next = self
        next.usage = usage
        return next
    }

    private mutating func replace(by records: [DomainRecord]) {
        let now = ContinuousClock.now
        let left = Set(records.map(\.uuid))
        departed.removeAll { now - $0.at >= Self.memory || left.contains($0.uuid) }
        departed += domains.filter { !left.contains($0.uuid) }.map { ($0.uuid, $0.name, now) }
        domains = records.sorted { left, right in
            if left.name.utf8.elementsEqual(right.name.utf8) { return left.uuid < right.uuid }
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        positions = Dictionary(uniqueKeysWithValues: domains.enumerated().map { ($1.uuid, $0) })
        names = Dictionary(domains.enumerated().map { ($1.name, [$0]) }, uniquingKeysWith: +)
    }
}
