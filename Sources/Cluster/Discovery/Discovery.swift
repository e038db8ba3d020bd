// SPDX-License-Identifier: GPL-2.0-or-later
public import Avahi
public import Logging
import Addresses
import Metrics
import Synchronization

/// Joins the hosts that announce themselves, as far as the configuration allows it, and lets go of those that are gone.
///
/// An announcement is a hint, and never more: the configuration says whether and how a host is connected to. What libvirt tells of a
/// host then replaces what was announced.
public final class Discovery: Sendable {
    /// What is heard within this time is looked at together.
    private static let breath: Duration = .milliseconds(50)
    /// What is gone is looked for so often.
    private static let pulse: Duration = .seconds(1)

    private struct Joined {
        let host: Host
        let address: IPAddress
    }

    private struct State {
        var announcements: Announcements
        var joined: [HostSighting.Key: Joined] = [:]
        /// What was refused, and why, when it was looked at last.
        var refused: [HostSighting.Key: Refusal] = [:]
        /// The kinds of refusals that the log has told of.
        var told: Set<Refusal> = []
    }

    private let cluster: Cluster
    private let policy: DiscoveryPolicy
    private let log: Logger
    private let state: Mutex<State>
    private let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    public init(_ policy: DiscoveryPolicy, cluster: Cluster, log: Logger) {
        self.policy = policy
        self.cluster = cluster
        self.log = log
        state = Mutex(State(announcements: Announcements(policy)))
    }

    /// Runs until the task is cancelled.
    /// - Parameters:
    ///   - hosts: what is told of services of the type `_libvirt._tcp`.
    ///   - domains: likewise of `_domu._tcp`.
    public func run(hosts: AsyncStream<Browser.Event>, domains: AsyncStream<Browser.Event>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in await listen(hosts, Announcements.hostType) }
            group.addTask { [self] in await listen(domains, Announcements.domainType) }
            group.addTask { [self] in
                while !Task.isCancelled {
                    wake.yield()
                    try? await Task.sleep(for: Self.pulse)
                }
            }
            for await _ in wakes {
                let begin = ContinuousClock.now
                look()
                // However much is announced, it is looked at for no more than a part of the time.
                try? await Task.sleep(for: max(Self.breath, (.now - begin) * 4))
            }
            group.cancelAll()
        }
    }

    private func listen(_ events: AsyncStream<Browser.Event>, _ type: String) async {
        for await event in events {
            hear(event, of: type)
            wake.yield()
        }
    }

    func hear(_ event: Browser.Event, of type: String, at now: ContinuousClock.Instant = .now) {
        state.withLock { $0.announcements.fold(event, of: type, at: now) }
    }

    /// How much is remembered of what was announced.
    var counts: (hosts: Int, domains: Int, records: Int) { state.withLock { $0.announcements.counts } }

    /// Decides on all that is announced now.
    func look(at now: ContinuousClock.Instant = .now) {
        let known = cluster.knownHosts
        let announced = state.withLock { state in
            tell(state.announcements.takeNews(), &state)
            let entries = state.announcements.hosts.sorted { $0.value.order < $1.value.order }
            var list: [AnnouncedHost] = []
            for (key, entry) in entries {
                do throws(Refusal) {
                    list.append(try decide(key, entry, known, &state, now))
                    state.refused[key] = nil
                } catch {
                    leave(key, &state)
                    if state.refused.updateValue(error, forKey: key) != error { tell([error: 1], &state, of: key.name) }
                    list.append(AnnouncedHost(key, entry, .refused, reason: error.sentence))
                }
            }
            state.announcements.sweep(held: Set(state.joined.keys), at: now)
            for key in state.joined.keys where state.announcements.hosts[key] == nil { leave(key, &state) }
            state.refused = state.refused.filter { state.announcements.hosts[$0.key] != nil }
            for (service, refusal) in state.announcements.unreadable.sorted(by: { $0.key.name < $1.key.name }) {
                list.append(AnnouncedHost(service, refusal))
            }
            return list
        }
        cluster.note(announced: announced)
    }

    private func decide(
        _ key: HostSighting.Key, _ entry: Announcements.HostEntry, _ known: [KnownHost], _ state: inout State, _ now: ContinuousClock.Instant
    ) throws(Refusal) -> AnnouncedHost {
        let addresses = Set(entry.places.map(\.address))
        let likeness = known.map { ($0.name, $0.likeness(to: key, at: addresses)) }
        if let same = likeness.first(where: { $0.1 == .same }) {
            leave(key, &state)
            return AnnouncedHost(key, entry, .known, host: same.0)
        }
        if likeness.contains(where: { $0.1 == .imitation }) { throw .imitation }
        // Who was there first is who is imitated, as long as it is there.
        for (other, joined) in state.joined where other != key {
            guard joined.host.state.isAnswering || state.announcements.hosts[other]?.lost == nil else { continue }
            let first = KnownHost(
                name: joined.host.name, driver: other.driver.rawValue, uuid: other.uuid, names: [other.name], addresses: [joined.address])
            switch first.likeness(to: key, at: addresses) {
            case .imitation: throw .imitation
            case .same where other.uuid == key.uuid:
                leave(key, &state)
                return AnnouncedHost(key, entry, .known, host: first.name)
            case .same, .other: break
            }
        }
        let host = try join(key, entry, &state, now)
        return AnnouncedHost(key, entry, .joined, host: host?.name)
    }

    /// The host, joined now if it is not yet. Nil: it is gone, and so was let go of.
    private func join(
        _ key: HostSighting.Key, _ entry: Announcements.HostEntry, _ state: inout State, _ now: ContinuousClock.Instant
    ) throws(Refusal) -> Host? {
        if let joined = state.joined[key] {
            if let lost = entry.lost, now - lost >= policy.keep, !joined.host.state.isAnswering {
                leave(key, &state)
                return nil
            }
            // Where it answers it stays, whatever else is announced; and as long as that place is announced.
            if joined.host.state.isAnswering || entry.places.contains(where: { $0.address == joined.address }) {
                tellDomains(of: key, &state)
                return joined.host
            }
            leave(key, &state)
        }
        let (sighting, rule) = try policy.admit(entry.places)
        guard entry.lost == nil else { return nil }
        // An address that no other host can use is taken only if there is no better one.
        guard !sighting.address.isLinkLocal || now - entry.since >= Self.pulse else { return nil }
        guard state.joined.count < policy.limits.joined, let port = sighting.port(for: rule.transport) else { throw .full }
        let place = sighting.address.isIPv4 ? "\(sighting.address)" : "[\(sighting.address)]"
        var tls = rule.tls
        if tls.name == nil { tls.name = key.name }
        let label = key.name.prefix { $0 != "." }
        var configuration = HostConfiguration(
            name: key.driver == .qemu ? String(label) : "\(label)-\(key.driver.rawValue)",
            uri: "\(key.driver.rawValue)+\(rule.transport.rawValue)://\(place):\(port)\(key.driver.path)", tls: tls, pool: rule.pool)
        configuration.isDiscovered = true
        let host = cluster.join(configuration)
        state.joined[key] = Joined(host: host, address: sighting.address)
        log.notice("host joined", metadata: ["host": "\(host.name)", "uri": "\(configuration.uri)"])
        tellDomains(of: key, &state)
        return host
    }

    /// Until the host itself has told what it holds, what it announced is shown.
    private func tellDomains(of key: HostSighting.Key, _ state: inout State) {
        guard let joined = state.joined[key], joined.host.state.snapshot == nil else { return }
        let names = state.announcements.names(of: key)
        guard joined.host.state.announced?.names ?? [:] != names else { return }
        joined.host.publish { $0.announced = names.isEmpty ? nil : AnnouncedDomains(names) }
    }

    private func leave(_ key: HostSighting.Key, _ state: inout State) {
        guard let joined = state.joined.removeValue(forKey: key) else { return }
        cluster.leave(joined.host)
        log.notice("host left", metadata: ["host": "\(joined.host.name)"])
    }

    /// Counts what was refused, and says it once for each reason: whoever can announce shall not be able to fill the log.
    private func tell(_ news: [Refusal: Int], _ state: inout State, of name: String? = nil) {
        for (refusal, count) in news {
            Counter(label: "handlervirt_announcements_refused_total", dimensions: [("reason", refusal.rawValue)]).increment(by: count)
            guard state.told.insert(refusal).inserted else { continue }
            let level: Logger.Level = refusal == .imitation ? .error : .warning
            log.log(
                level: level, "an announcement is refused; more of this kind are counted, and shown at /hosts",
                metadata: ["reason": "\(refusal.sentence)", "host": "\(name ?? "unreadable")"])
        }
    }
}
