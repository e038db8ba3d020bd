// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Cluster
public import Commands
import Inventory
import Libvirt

/// The one place that finds objects and runs commands on them. Every way in passes the gate.
public struct Operations: Sendable {
    public let cluster: Cluster
    public let gate: Gate

    public init(cluster: Cluster, gate: Gate) {
        self.cluster = cluster
        self.gate = gate
    }

    /// Every domain that the caller may see, over all hosts, and the hosts with why some of them did not answer.
    public func vms(for caller: Caller) async -> (vms: [VM], hosts: [HostView]) {
        let hosts = await hosts(for: caller)
        let vms = hosts.flatMap { host in
            (host.snapshot?.domains ?? []).map { VM(record: $0, host: host.name, age: host.age) }
        }
        return (vms.filter { gate.decide(caller, "domain:getattr", $0.reference).isAllowed }, hosts)
    }

    /// All hosts that the caller may see.
    public func hosts(for caller: Caller) async -> [HostView] {
        await cluster.statuses().map { HostView($0.host, $0.status) }
            .filter { gate.decide(caller, "connect:getattr", $0.reference).isAllowed }
    }

    /// The host of that name, without waiting for any other. Throws `notFound`.
    public func host(named name: String, for caller: Caller) async throws(Failure) -> HostView {
        let host = try host(name, for: caller)
        return HostView(host, await host.status())
    }

    /// The host of that name as what a command is run on, without asking it anything. Throws `notFound`.
    public func target(host name: String, for caller: Caller) throws(Failure) -> Target { Target(host: try host(name, for: caller).name) }

    func host(_ name: String, for caller: Caller) throws(Failure) -> Host {
        guard let host = cluster.host(named: name), gate.decide(caller, "connect:getattr", .host(name)).isAllowed else { throw .noHost(name) }
        return host
    }

    /// The names of all hosts that the caller may see.
    public func hostNames(for caller: Caller) -> [String] {
        cluster.hosts.map(\.name).filter { gate.decide(caller, "connect:getattr", .host($0)).isAllowed }
    }

    /// Those of `commands` that the caller may run on an object, whether or not its state forbids them.
    /// - Parameter commands: nil: all of its kind.
    public func actions(_ commands: [Command]? = nil, on target: Target, for caller: Caller) -> [Command] {
        (commands ?? CommandTable.commands(of: target.kind)).filter { gate.decide(caller, $0.permissions, target.reference).isAllowed }
    }
}
