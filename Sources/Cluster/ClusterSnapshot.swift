// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory
public import Libvirt

/// All hosts at one moment: an immutable value, which lists and look-ups read without asking or waiting for any host.
public struct ClusterSnapshot: Sendable {
    /// A domain on one of the hosts, among its copies on others.
    public struct Copy: Sendable {
        /// How it stands to the others.
        public enum Standing: Hashable, Sendable {
            /// It is the only one, or the one that runs.
            case chosen
            /// Another one runs.
            case other
            /// Several lie here and there, and none runs.
            case undecided
            /// It runs, and another one does too.
            case conflicting
        }

        public let record: DomainRecord
        public let host: HostState
        public let standing: Standing
        /// The names of the other hosts that hold it.
        public let others: [String]

        /// Whether nothing is known of it but that its host announced it.
        public var isAnnouncedOnly: Bool { host.isAnnouncedOnly }
    }

    /// How often anything has changed.
    public let version: UInt64
    /// In the order in which they were configured, each once.
    public let hosts: [HostState]
    /// What announced itself on the network, in the order of its appearance.
    public let announced: [AnnouncedHost]
    /// Of the domains that several hosts hold, the positions of these hosts.
    private let doubles: [UUID: [Int]]

    init(version: UInt64, hosts: [HostState], announced: [AnnouncedHost] = []) {
        self.version = version
        self.hosts = hosts
        self.announced = announced
        doubles = Self.doubles(in: hosts)
    }

    public func host(named name: String) -> HostState? { hosts.first { $0.name.utf8.elementsEqual(name.utf8) } }

    /// Whether somebody may see a domain on a host. What one may not see does not stand beside what one may.
    public typealias Sight = (DomainRecord, HostState) -> Bool

    /// Every domain: of several copies the one that counts, or all where none does.
    public var domains: [Copy] { domains { _, _ in true } }

    /// The same of those that are seen.
    public func domains(seen: Sight) -> [Copy] {
        var copies: [Copy] = []
        copies.reserveCapacity(hosts.reduce(0) { $0 + $1.domains.count })
        for host in hosts {
            for record in host.domains where seen(record, host) {
                guard doubles[record.uuid] != nil else {
                    copies.append(Copy(record: record, host: host, standing: .chosen, others: []))
                    continue
                }
                copies += counting(record.uuid, on: host, seen)
            }
        }
        return copies
    }

    /// Those that a key means: by UUID, which wins, or by name.
    public func domains(for key: String, seen: Sight = { _, _ in true }) -> [Copy] {
        if let uuid = UUID(key) {
            let found = copies(of: uuid, seen: seen).filter { $0.standing != .other }
            if !found.isEmpty { return found }
        }
        return hosts.flatMap { host in host.domains(named: key).filter { seen($0, host) }.flatMap { counting($0.uuid, on: host, seen) } }
    }

    /// The copy on that host, unless another one is it.
    private func counting(_ uuid: UUID, on host: HostState, _ seen: Sight) -> [Copy] {
        copies(of: uuid, seen: seen).filter { $0.host.name == host.name && $0.standing != .other }
    }

    /// The domain of that UUID or name that has just gone from some host: it may be on its way to another.
    public func justLost(_ key: String) -> UUID? { hosts.lazy.compactMap { $0.snapshot?.justLost(key) }.first }

    /// All copies of a domain that are seen, in the order of their hosts.
    public func copies(of uuid: UUID, seen: Sight = { _, _ in true }) -> [Copy] {
        let positions = doubles[uuid] ?? hosts.indices.first { hosts[$0].domain(uuid) != nil }.map { [$0] } ?? []
        let found = positions.compactMap { position in hosts[position].domain(uuid).map { (host: hosts[position], record: $0) } }
            .filter { seen($0.record, $0.host) }
        let standings = Self.standings(found)
        return zip(found, standings).map { item, standing in
            Copy(
                record: item.record, host: item.host, standing: standing,
                others: found.filter { $0.host.name != item.host.name }.map(\.host.name))
        }
    }

    /// How long two copies may seem to run before that is called a conflict.
    private static let patience: Duration = .seconds(2)

    private static func doubles(in hosts: [HostState]) -> [UUID: [Int]] {
        guard hosts.count > 1 else { return [:] }
        var first: [UUID: Int] = [:]
        first.reserveCapacity(hosts.reduce(0) { $0 + $1.domains.count })
        var doubles: [UUID: [Int]] = [:]
        for (position, host) in hosts.enumerated() {
            for record in host.domains {
                guard let other = first.updateValue(position, forKey: record.uuid) else { continue }
                first[record.uuid] = other
                doubles[record.uuid, default: [other]].append(position)
            }
        }
        return doubles
    }

    /// Exactly one that runs wins. While a domain migrates, both copies are active and the one that executes is it; for a moment
    /// neither does, and then it is the same one for all who ask.
    private static func standings(_ found: [(host: HostState, record: DomainRecord)]) -> [Copy.Standing] {
        guard found.count > 1 else { return found.map { _ in .chosen } }
        // What was only announced counts for nothing beside what a host has told.
        let told = found.indices.filter { !found[$0].host.isAnnouncedOnly }
        if !told.isEmpty, told.count < found.count {
            var standings = found.map { _ in Copy.Standing.other }
            for (position, standing) in zip(told, self.standings(told.map { found[$0] })) { standings[position] = standing }
            return standings
        }
        func choosing(_ chosen: Int) -> [Copy.Standing] { found.indices.map { $0 == chosen ? .chosen : .other } }
        let fresh = found.indices.filter { found[$0].host.isAnswering }
        let executing = fresh.filter { found[$0].record.state.isExecuting }
        if executing.count == 1 { return choosing(executing[0]) }
        // At the end of a migration the one host tells that it runs there before the other tells that it does not run here.
        let turns = executing.compactMap { position in
            found[position].host.snapshot?.timeSinceTurn(of: found[position].record.uuid).map { (position: position, time: $0) }
        }
        if let latest = turns.filter({ $0.time < patience }).min(by: { $0.time < $1.time }) { return choosing(latest.position) }
        if executing.count > 1 { return found.indices.map { executing.contains($0) ? .conflicting : .other } }
        // On a host that is silent it may well run on.
        let active = fresh.filter { found[$0].record.state.isActive }
        let stale = found.indices.filter { !fresh.contains($0) && found[$0].record.state.isActive }
        if let chosen = active.first ?? stale.first { return choosing(chosen) }
        return found.map { _ in .undecided }
    }
}
