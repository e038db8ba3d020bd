// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses
public import Logging
import Metrics
import Synchronization

/// All hosts that this server joins.
public final class Cluster: Sendable {
    private struct State {
        /// In the order in which they were named, then in that in which they were found.
        var members: [Host]
        /// Of those that are watched, by which host it is.
        var monitors: [ObjectIdentifier: Task<Void, Never>] = [:]
        var isStarted = false
        var announced: [AnnouncedHost] = []
        /// The pools of hosts that were found, by their names: the gate asks for every row of a list.
        var pools: [String: String] = [:]
    }

    private let state: Mutex<State>
    private let isReadOnly: Bool
    private let deadlines: Host.Deadlines
    private let log: Logger
    private let changes: ChangeCounter
    private let relay: Relay
    private let cached = Mutex<ClusterSnapshot?>(nil)

    /// - Parameter configurations: each with a name of its own. Throws a `ConnectError` if no sockets can be made for the relay.
    public init(_ configurations: [HostConfiguration], isReadOnly: Bool, deadlines: Host.Deadlines = .init(), log: Logger) throws {
        let relay = try Relay()
        let changes = ChangeCounter()
        self.changes = changes
        self.relay = relay
        self.isReadOnly = isReadOnly
        self.deadlines = deadlines
        self.log = log
        state = Mutex(
            State(
                members: configurations.map { configuration in
                    Host(configuration, isReadOnly: isReadOnly, deadlines: deadlines, relay: relay, changes: changes, log: log)
                }))
    }

    var members: [Host] { state.withLock { $0.members } }

    /// What is known of all hosts now. Never waits for any.
    public var snapshot: ClusterSnapshot {
        let version = changes.value
        return cached.withLock { cached in
            if let cached, cached.version == version { return cached }
            let snapshot = ClusterSnapshot(version: version, hosts: states(), announced: state.withLock { $0.announced })
            cached = snapshot
            return snapshot
        }
    }

    /// What is known of each host, in the order of the first members that lead to it, by whatever way answers.
    private func states() -> [HostState] {
        let members = members
        var seen: Set<HostIdentity> = []
        return members.compactMap { member in
            if let identity = member.state.identity, !seen.insert(identity).inserted { return nil }
            return HostState(member.configuration, Self.way(to: member, among: members).state.facts)
        }
    }

    /// The member itself if it answers, or else another way to the same host that does. What was found on the network says itself which host it
    /// is, so it stands in for none that was configured.
    private static func way(to member: Host, among members: [Host]) -> Host {
        guard !member.state.isAnswering, let identity = member.state.identity else { return member }
        return members.first { other in
            other.configuration.isDiscovered == member.configuration.isDiscovered && other.state.identity == identity && other.state.isAnswering
        } ?? member
    }

    /// The host of that name, by the way to it that answers.
    public func host(named name: String) -> Host? {
        let members = members
        return members.first { $0.name.utf8.elementsEqual(name.utf8) }.map { Self.way(to: $0, among: members) }
    }

    /// Begins to keep what is known of the hosts.
    public func start() {
        state.withLock { state in
            guard !state.isStarted else { return }
            state.isStarted = true
            for member in state.members { state.monitors[ObjectIdentifier(member)] = Task { await HostMonitor(member).run() } }
        }
    }

    /// Takes one more host while running, under its name or, where another has that, with a number behind it.
    func join(_ configuration: HostConfiguration) -> Host {
        let host = state.withLock { state in
            var configuration = configuration
            var naming = HostNaming(reserved: state.members.map(\.name))
            configuration.name = naming.name(configuration.name)
            let host = Host(configuration, isReadOnly: isReadOnly, deadlines: deadlines, relay: relay, changes: changes, log: log)
            state.members.append(host)
            state.pools[host.name] = configuration.pool
            if state.isStarted { state.monitors[ObjectIdentifier(host)] = Task { await HostMonitor(host).run() } }
            return host
        }
        changes.increment()
        return host
    }

    /// Lets go of a host that was joined.
    func leave(_ host: Host) {
        let monitor = state.withLock { state in
            state.members.removeAll { $0 === host }
            state.pools[host.name] = nil
            return state.monitors.removeValue(forKey: ObjectIdentifier(host))
        }
        monitor?.cancel()
        host.shutdown()
        for gauge in ["handlervirt_host_up", "handlervirt_snapshot_age_seconds"] { Gauge(label: gauge, dimensions: [("host", host.name)]).destroy() }
        changes.increment()
    }

    /// The pool that the configuration puts a host in which was found on the network; nil: none.
    public func poolOfDiscovered(_ name: String) -> String? { state.withLock { $0.pools[name] } }

    /// Notes what announces itself, for pages.
    func note(announced: [AnnouncedHost]) {
        let isNew = state.withLock { state in
            defer { state.announced = announced }
            return state.announced != announced
        }
        if isNew { changes.increment() }
    }

    /// Waits until every host was tried once, or that long.
    public func settle(within patience: Duration) async {
        let end = ContinuousClock.now + patience
        while members.contains(where: { !$0.state.wasTried }), ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Writes what changes by itself into the gauges: how old what is known of each host is, and how many threads calls have.
    public func measure() {
        for host in members {
            Gauge(label: "handlervirt_snapshot_age_seconds", dimensions: [("host", host.name)])
                .record((host.state.lastAnswer.map { ContinuousClock.now - $0 } ?? .zero) / .seconds(1))
        }
        Gauge(label: "handlervirt_call_threads").record(CallThreads.shared.count)
    }

    /// Lets go of all connections.
    public func shutdown() {
        let (hosts, monitors) = state.withLock { state in
            defer { state.monitors = [:] }
            return (state.members, state.monitors)
        }
        for monitor in monitors.values { monitor.cancel() }
        for host in hosts { host.shutdown() }
        relay.shutdown()
    }
}
