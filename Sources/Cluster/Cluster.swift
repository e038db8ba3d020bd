// SPDX-License-Identifier: GPL-2.0-or-later
public import Logging
import Metrics
import Synchronization

/// All hosts that this server joins.
public final class Cluster: Sendable {
    /// In the order in which they were named.
    private let members: [Host]
    private let changes: ChangeCounter
    private let relay: Relay
    private let cached = Mutex<ClusterSnapshot?>(nil)
    private let monitors = Mutex<[Task<Void, Never>]>([])

    /// - Parameter configurations: each with a name of its own. Throws a `ConnectError` if no sockets can be made for the relay.
    public init(_ configurations: [HostConfiguration], isReadOnly: Bool, deadlines: Host.Deadlines = .init(), log: Logger) throws {
        let relay = try Relay()
        let changes = ChangeCounter()
        self.changes = changes
        self.relay = relay
        members = configurations.map { configuration in
            Host(configuration, isReadOnly: isReadOnly, deadlines: deadlines, relay: relay, changes: changes, log: log)
        }
    }

    /// What is known of all hosts now. Never waits for any.
    public var snapshot: ClusterSnapshot {
        let version = changes.value
        return cached.withLock { cached in
            if let cached, cached.version == version { return cached }
            let snapshot = ClusterSnapshot(version: version, hosts: groups().map { Self.state(of: $0) })
            cached = snapshot
            return snapshot
        }
    }

    /// The members that are one host by their identity, for each host in the order of their first.
    private func groups() -> [[Host]] {
        var groups: [[Host]] = []
        var positions: [HostIdentity: Int] = [:]
        for member in members {
            if let identity = member.state.identity {
                if let position = positions[identity] {
                    groups[position].append(member)
                    continue
                }
                positions[identity] = groups.count
            }
            groups.append([member])
        }
        return groups
    }

    /// Of several ways to one host the first that answers.
    private static func state(of group: [Host]) -> HostState {
        let states = group.map(\.state)
        guard let best = states.first(where: \.isAnswering), best.name != states[0].name else { return states[0] }
        return HostState(states[0].configuration, best.facts)
    }

    /// The host of that name, by the way to it that answers.
    public func host(named name: String) -> Host? {
        guard let member = members.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { return nil }
        guard !member.state.isAnswering, let identity = member.state.identity else { return member }
        return members.first { $0.state.identity == identity && $0.state.isAnswering } ?? member
    }

    /// Begins to keep what is known of the hosts.
    public func start() {
        monitors.withLock { monitors in
            guard monitors.isEmpty else { return }
            monitors = members.map { member in Task { await HostMonitor(member).run() } }
        }
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
        for monitor in monitors.withLock({ $0 }) { monitor.cancel() }
        for host in members { host.shutdown() }
        relay.shutdown()
    }
}
