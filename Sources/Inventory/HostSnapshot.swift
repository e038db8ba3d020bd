// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// Everything one host holds, at one moment. A value that is never waited for.
public struct HostSnapshot: Sendable {
    /// The kinds of objects besides domains that it holds: those of whose changes libvirt tells.
    public static let kinds: [ObjectKind] = [.network, .pool, .device, .secret]
    /// How long a domain that went is remembered: it may be on its way to another host, which has yet to tell.
    private static let memory: Duration = .seconds(5)

    public let host: HostRecord
    private var list = DomainList()
    /// By name; nothing for a kind that was not read yet.
    public private(set) var objects: [ObjectKind: [ObjectRecord]] = [:]
    /// What lists show of usage; empty unless somebody looks.
    public private(set) var usage: Usage?
    private var isRead = false
    /// When domains began or ceased to execute, of those that did so a moment ago.
    private var turns: [UUID: ContinuousClock.Instant] = [:]
    private var departed: [(uuid: UUID, name: String, at: ContinuousClock.Instant)] = []

    public init(host: HostRecord) { self.host = host }

    /// By name, then by UUID.
    public var domains: [DomainRecord] { list.records }

    public func domain(_ uuid: UUID) -> DomainRecord? { list[uuid] }

    public func domains(named name: String) -> [DomainRecord] { list[named: name] }

    /// The domain of that UUID or name that went a moment ago.
    public func justLost(_ key: String) -> UUID? {
        let (uuid, now) = (UUID(key), ContinuousClock.now)
        return departed.first { now - $0.at < Self.memory && ($0.uuid == uuid || $0.name.utf8.elementsEqual(key.utf8)) }?.uuid
    }

    /// How long ago a domain began or ceased to execute; nil if that is longer than a moment.
    public func timeSinceTurn(of uuid: UUID) -> Duration? {
        guard let turn = turns[uuid], ContinuousClock.now - turn < Self.memory else { return nil }
        return .now - turn
    }

    /// The same with one domain more.
    public func adding(_ record: DomainRecord) -> HostSnapshot {
        var next = self
        next.replace(by: domains + [record])
        return next
    }

    /// The same with what a finished batch read.
    /// - Parameter newer: the domains that were read again since it began, of which it knows nothing.
    public func applying(_ batch: DomainBatch, newer: Set<UUID> = []) -> HostSnapshot {
        var next = self
        next.noteTurns(batch.records)
        next.isRead = true
        let records = newer.isEmpty ? batch.records : batch.records.filter { !newer.contains($0.key) }
        if batch.isWhole {
            next.replace(by: records.values.compactMap { $0 } + newer.compactMap { domain($0) })
        } else if records.allSatisfy({ uuid, record in record != nil && domain(uuid)?.name == record?.name }) {
            for case let record? in records.values { next.list.replace(record) }
        } else {
            next.replace(by: domains.filter { records[$0.uuid] == nil } + records.values.compactMap { $0 })
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

    /// Whether whoever reads the other one reads the same.
    public func isSame(as other: HostSnapshot) -> Bool {
        host == other.host && list == other.list && objects == other.objects && usage?.taken == other.usage?.taken
    }

    private mutating func noteTurns(_ records: [UUID: DomainRecord?]) {
        let now = ContinuousClock.now
        turns = turns.filter { now - $0.value < Self.memory }
        // The first reading of all is no turn of events.
        guard isRead else { return }
        for case (let uuid, let record?) in records where domain(uuid)?.state.isExecuting ?? false != record.state.isExecuting { turns[uuid] = now }
    }

    private mutating func replace(by records: [DomainRecord]) {
        guard records.count != domains.count || records.contains(where: { domain($0.uuid) != $0 }) else { return }
        let now = ContinuousClock.now
        let left = Set(records.map(\.uuid))
        departed.removeAll { now - $0.at >= Self.memory || left.contains($0.uuid) }
        departed += domains.filter { !left.contains($0.uuid) }.map { ($0.uuid, $0.name, now) }
        list = DomainList(records)
    }
}
