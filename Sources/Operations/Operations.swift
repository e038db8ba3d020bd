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
        guard let host = cluster.host(named: name), gate.decide(caller, "connect:getattr", .host(name)).isAllowed else { throw noHost(name) }
        return HostView(host, await host.status())
    }

    public func noHost(_ name: String) -> Failure {
        Failure(.notFound, "There is no host of the name \u{201C}\(name)\u{201D}.", advice: "The list of hosts shows those that there are.")
    }

    /// Those of `commands` that the caller may run on a domain, with why the state forbids some.
    public func actions(
        _ commands: [Command] = CommandTable.domain, on vm: VM, for caller: Caller
    ) -> [(command: Command, obstacle: String?)] {
        commands.filter { gate.decide(caller, $0.permissions, vm.reference).isAllowed }
            .map { ($0, $0.obstacle(in: vm.record.state, isPersistent: vm.record.isPersistent)) }
    }

    /// The commands of a host that the caller may run on it.
    public func actions(onHost name: String, for caller: Caller) -> [Command] {
        CommandTable.host.filter { gate.decide(caller, $0.permissions, .host(name)).isAllowed }
    }
}
