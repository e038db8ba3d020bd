// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Libvirt

/// What is announced now, and what was a while ago, of hosts and their domains. However much is announced, it stays within its limits.
struct Announcements {
    static let hostType = "_libvirt._tcp"
    static let domainType = "_domu._tcp"
    /// A domain whose record went while its host is there stays so long: a record that is renamed goes and comes.
    private static let patience: Duration = .seconds(3)

    struct HostEntry {
        /// By the records in which it was seen.
        var sightings: [Service.Key: HostSighting] = [:]
        /// What it was when it was last seen.
        var last: HostSighting
        /// In the order of their appearance.
        let order: Int
        let since: ContinuousClock.Instant
        let isWanted: Bool
        /// When the last record of it went.
        var lost: ContinuousClock.Instant?

        /// Where it is, or was.
        var places: [HostSighting] { sightings.isEmpty ? [last] : Array(sightings.values) }
    }

    private struct DomainEntry {
        var name: String
        /// How many records tell of it.
        var count: Int
        var lost: ContinuousClock.Instant?
    }

    private enum Place {
        case host(HostSighting.Key)
        case domain(HostSighting.Key, UUID)
        case unreadable
    }

    private(set) var hosts: [HostSighting.Key: HostEntry] = [:]
    private(set) var unreadable: [Service.Key: Refusal] = [:]
    /// How many were left out because of a limit.
    private(set) var leftOut = 0
    /// What was refused unread and has not been told yet.
    private var news: [Refusal: Int] = [:]
    private var places: [Service.Key: Place] = [:]
    private var domains: [HostSighting.Key: [UUID: DomainEntry]] = [:]
    private var domainCount = 0
    private var nextOrder = 0
    private let policy: DiscoveryPolicy

    init(_ policy: DiscoveryPolicy) { self.policy = policy }

    var counts: (hosts: Int, domains: Int, records: Int) { (hosts.count, domainCount, places.count + unreadable.count) }

    /// Folds in what a browser told.
    mutating func fold(_ event: Browser.Event, of type: String, at now: ContinuousClock.Instant = .now) {
        switch event {
        case .appeared(let service), .changed(let service):
            forget(service.key, at: now)
            guard service.key.type == type else { return }
            do throws(Refusal) {
                if type == Self.hostType {
                    insert(try HostSighting(service), service.key, at: now)
                } else {
                    insert(try DomainSighting(service), service.key)
                }
            } catch {
                news[error, default: 0] += 1
                guard type == Self.hostType, unreadable.count < policy.limits.unreadable else { return }
                unreadable[service.key] = error
                places[service.key] = .unreadable
            }
        case .went(let key): forget(key, at: now)
        case .reset: for key in places.keys where key.type == type { forget(key, at: now) }
        }
    }

    /// Forgets what is gone for too long. What is `held` is so regardless.
    mutating func sweep(held: Set<HostSighting.Key>, at now: ContinuousClock.Instant = .now) {
        for (key, entry) in hosts where !held.contains(key) && entry.lost.map({ now - $0 >= policy.keep }) == true { remove(key) }
        for (host, entries) in domains where hosts[host].map({ $0.lost == nil }) ?? true {
            for (uuid, entry) in entries where entry.lost.map({ now - $0 >= Self.patience }) == true { remove(uuid, of: host) }
        }
    }

    /// The names of a host's domains.
    func names(of host: HostSighting.Key) -> [UUID: String] { domains[host]?.mapValues(\.name) ?? [:] }

    /// What was refused since it was asked last, by reasons.
    mutating func takeNews() -> [Refusal: Int] {
        defer { news = [:] }
        return news
    }

    private mutating func insert(_ sighting: HostSighting, _ service: Service.Key, at now: ContinuousClock.Instant) {
        let key = sighting.key
        if hosts[key] == nil {
            let isWanted = policy.concerns(sighting)
            guard makeRoom(isWanted: isWanted) else {
                leftOut += 1
                return
            }
            hosts[key] = HostEntry(last: sighting, order: nextOrder, since: now, isWanted: isWanted)
            nextOrder += 1
        }
        hosts[key]?.sightings[service] = sighting
        hosts[key]?.last = sighting
        hosts[key]?.lost = nil
        places[service] = .host(key)
    }

    /// One that is gone makes room for another, and one that is refused for one that the configuration wants.
    private mutating func makeRoom(isWanted: Bool) -> Bool {
        guard hosts.count >= policy.limits.hosts else { return true }
        let gone = hosts.filter { !$0.value.isWanted && $0.value.lost != nil }.min { $0.value.order < $1.value.order }
        let victim = gone ?? (isWanted ? hosts.filter { !$0.value.isWanted }.max { $0.value.order < $1.value.order } : nil)
        guard let victim else { return false }
        remove(victim.key)
        return true
    }

    private mutating func insert(_ sighting: DomainSighting, _ service: Service.Key) {
        let host = sighting.host
        if domains[host]?[sighting.uuid] == nil {
            guard domainCount < policy.limits.domains, domains[host]?.count ?? 0 < policy.limits.domainsOfHost else {
                leftOut += 1
                return
            }
            domainCount += 1
        }
        domains[host, default: [:]][sighting.uuid, default: DomainEntry(name: sighting.name, count: 0)].count += 1
        domains[host]?[sighting.uuid]?.name = sighting.name
        domains[host]?[sighting.uuid]?.lost = nil
        places[service] = .domain(host, sighting.uuid)
    }

    private mutating func forget(_ service: Service.Key, at now: ContinuousClock.Instant) {
        switch places.removeValue(forKey: service) {
        case .host(let key):
            hosts[key]?.sightings[service] = nil
            if hosts[key]?.sightings.isEmpty == true { hosts[key]?.lost = now }
        case .domain(let host, let uuid):
            guard let count = domains[host]?[uuid]?.count else { return }
            domains[host]?[uuid]?.count = count - 1
            if count == 1 { domains[host]?[uuid]?.lost = now }
        case .unreadable: unreadable[service] = nil
        case nil: break
        }
    }

    private mutating func remove(_ key: HostSighting.Key) {
        guard let entry = hosts.removeValue(forKey: key) else { return }
        for service in entry.sightings.keys { places[service] = nil }
        for (uuid, domain) in domains[key] ?? [:] where domain.count == 0 { remove(uuid, of: key) }
    }

    private mutating func remove(_ uuid: UUID, of host: HostSighting.Key) {
        guard domains[host]?.removeValue(forKey: uuid) != nil else { return }
        domainCount -= 1
        if domains[host]?.isEmpty == true { domains[host] = nil }
    }
}
