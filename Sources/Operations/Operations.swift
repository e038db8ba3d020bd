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

    /// Every domain that the caller may see, over all hosts, and the hosts with why some of them do not answer. Waits for none.
    /// - Parameter withUsage: whether somebody looks at what the domains use, so that it is measured from now on.
    public func vms(for caller: Caller, withUsage: Bool = false) -> (vms: [VM], hosts: [HostView]) {
        let snapshot = cluster.snapshot
        let hosts = hosts(in: snapshot, for: caller)
        if withUsage { for host in hosts { cluster.host(named: host.name)?.lookAtUsage() } }
        return (visible(snapshot.domains, in: hosts, for: caller), hosts)
    }

    func visible(_ copies: [ClusterSnapshot.Copy], in hosts: [HostView], for caller: Caller) -> [VM] {
        let names = Set(hosts.map(\.name))
        return copies.map { VM($0).naming(names) }.filter { gate.decide(caller, .seeDomain, $0.reference).isAllowed }
    }

    /// All hosts that the caller may see.
    public func hosts(for caller: Caller) -> [HostView] { hosts(in: cluster.snapshot, for: caller) }

    func hosts(in snapshot: ClusterSnapshot, for caller: Caller) -> [HostView] {
        snapshot.hosts.map { HostView($0) }.filter { gate.decide(caller, .seeHost, $0.reference).isAllowed }
    }

    /// What announced itself on the network, of that what the caller may see.
    public func announced(for caller: Caller) -> [AnnouncedHost] {
        cluster.snapshot.announced.filter { gate.decide(caller, .seeHost, .host($0.host ?? $0.name)).isAllowed }
    }

    /// The host of that name. Throws `notFound`.
    public func host(named name: String, for caller: Caller) throws(Failure) -> HostView {
        guard let host = hosts(for: caller).first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { throw .noHost(name) }
        return host
    }

    /// The host of that name as what a command is run on, without asking it anything. Throws `notFound`.
    public func target(host name: String, for caller: Caller) throws(Failure) -> Target { Target(host: try host(name, for: caller).name) }

    func host(_ name: String, for caller: Caller) throws(Failure) -> Host {
        guard let host = cluster.host(named: name), gate.decide(caller, .seeHost, .host(name)).isAllowed else { throw .noHost(name) }
        return host
    }

    /// The names of all hosts that the caller may see.
    public func hostNames(for caller: Caller) -> [String] { hosts(for: caller).map(\.name) }

    /// Those of `commands` that the caller may run on an object, whether or not its state forbids them.
    /// - Parameter commands: nil: all of its kind.
    public func actions(_ commands: [Command]? = nil, on target: Target, for caller: Caller) -> [Command] {
        (commands ?? CommandTable.commands(of: target.kind)).filter { gate.decide(caller, $0.permissions, target.reference).isAllowed }
    }
}
