// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import Synchronization

/// The reading of some or all domains of a host, in steps of bounded length: a slow host, or one stuck guest, must not make one
/// long call of it. A value: a step that did not come back is as if it had not been.
public struct DomainBatch: Sendable {
    /// Which domain a step is at, so that one that hangs can be found out.
    public final class Progress: Sendable {
        private let state = Mutex<UUID?>(nil)

        public init() {}

        public var current: UUID? { state.withLock { $0 } }
        func begin(_ uuid: UUID) { state.withLock { $0 = uuid } }
    }

    /// Beyond so many domains one call for all costs less than one for each.
    private static let few = 8

    /// Whether all domains are read, so that those it does not find are gone.
    public private(set) var isWhole: Bool
    /// What was read; nil: the domain is gone.
    public private(set) var records: [UUID: DomainRecord?] = [:]
    private var pending: [UUID] = []
    private var extents: [UUID: HostEvent.Extent]
    private var facts: DomainFacts?
    private let known: [UUID: DomainRecord]

    /// - Parameter snapshot: what is known from before.
    public init(_ changes: InventoryChanges, of snapshot: HostSnapshot?) {
        isWhole = changes.allDomains
        extents = changes.domains
        pending = changes.allDomains ? [] : Array(changes.domains.keys)
        let wanted = changes.allDomains ? snapshot?.domains ?? [] : changes.domains.keys.compactMap { snapshot?.domain($0) }
        known = Dictionary(wanted.map { ($0.uuid, $0) }, uniquingKeysWith: { $1 })
    }

    public var isFinished: Bool { pending.isEmpty && (!isWhole || facts != nil) }

    /// Reads on until the time is over, at least one domain.
    public mutating func step(on connection: Connection, until end: ContinuousClock.Instant, _ progress: Progress) throws(LibvirtError) {
        if facts == nil { try begin(on: connection) }
        repeat {
            guard let uuid = pending.last else { return }
            progress.begin(uuid)
            records[uuid] = .some(try read(uuid, on: connection))
            pending.removeLast()
        } while ContinuousClock.now < end
    }

    /// Leaves out a domain that does not let itself be read; it stays as it was.
    public mutating func skip(_ uuid: UUID) {
        pending.removeAll { $0 == uuid }
        if let record = known[uuid] { records[uuid] = .some(record) }
    }

    /// Goes on without what a few calls tell of all domains, as these wait for each domain that another call holds: then those that are known are
    /// read one by one, and others are left to the next reading. False where that is of no use.
    public mutating func doWithoutFacts() -> Bool {
        guard facts == nil, !isWhole || !known.isEmpty else { return false }
        facts = DomainFacts()
        if isWhole { pending = Array(known.keys) }
        isWhole = false
        return true
    }

    private mutating func begin(on connection: Connection) throws(LibvirtError) {
        guard isWhole || pending.count > Self.few else {
            facts = DomainFacts()
            return
        }
        let facts = try DomainFacts(asking: connection)
        self.facts = facts
        guard isWhole else {
            // Those of which only the state changed are done.
            for uuid in pending where extents[uuid] == .state {
                guard let record = known[uuid], let state = facts.states[uuid] else { continue }
                records[uuid] = .some(DomainRecord(record, state: state))
            }
            pending.removeAll { records[$0] != nil }
            return
        }
        var uuids: [UUID] = []
        try connection.forEachDomain { domain throws(LibvirtError) in uuids.append(try domain.uuid()) }
        pending = uuids
    }

    private func read(_ uuid: UUID, on connection: Connection) throws(LibvirtError) -> DomainRecord? {
        do throws(LibvirtError) {
            return try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in
                if !isWhole, extents[uuid] == .state, let record = known[uuid] { return DomainRecord(record, state: try domain.state()) }
                return try DomainRecord(domain, facts: facts ?? DomainFacts())
            }
        } catch  where error.code == .noDomain {
            return nil
        }
    }
}
