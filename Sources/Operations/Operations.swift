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
        await cluster.statuses().map { host, status in
            HostView(
                name: host.name, uri: host.uri, snapshot: status.snapshot,
                age: status.failure == nil ? nil : status.snapshot.map { .now - $0.taken },
                failure: status.failure.map { Failure($0, host: host.name, isReading: true) })
        }.filter { gate.decide(caller, "connect:getattr", $0.reference).isAllowed }
    }

    /// The host of that name. Throws `notFound`.
    public func host(named name: String, for caller: Caller) async throws(Failure) -> HostView {
        guard let host = await hosts(for: caller).first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { throw noHost(name) }
        return host
    }

    public func noHost(_ name: String) -> Failure {
        Failure(.notFound, "There is no host of the name \u{201C}\(name)\u{201D}.", advice: "The list of hosts shows those that there are.")
    }

    /// The commands of a domain that the caller may run on it, with why the state forbids some.
    public func actions(on vm: VM, for caller: Caller) -> [(command: Command, obstacle: String?)] {
        CommandTable.domain.filter { gate.decide(caller, $0.permissions, vm.reference).isAllowed }
            .map { ($0, $0.obstacle(in: vm.record.state, isPersistent: vm.record.isPersistent)) }
    }

    /// The commands of a host that the caller may run on it.
    public func actions(onHost name: String, for caller: Caller) -> [Command] {
        CommandTable.host.filter { gate.decide(caller, $0.permissions, .host(name)).isAllowed }
    }
}
