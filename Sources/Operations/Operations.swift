// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Cluster
public import Commands
import Inventory
public import Libvirt

/// The one place that finds objects and runs commands on them. Every way in passes the gate.
public struct Operations: Sendable {
    public let cluster: Cluster
    public let gate: Gate
    let custody = Custody()

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
        let custody = custody.view
        return (snapshot.domains(seen: sight(of: caller, custody)).map { vm($0, custody) }, hosts)
    }

    /// What of all domains the caller may see.
    func sight(of caller: Caller, _ custody: Custody.View) -> ClusterSnapshot.Sight {
        if gate.showsAll { return { _, _ in true } }
        return { [self] record, host in gate.decide(caller, .seeDomain, vm(record, on: host.name, custody).reference).isAllowed }
    }

    func vm(_ copy: ClusterSnapshot.Copy, _ custody: Custody.View) -> VM {
        VM(copy, ownership: ownership(of: copy.record, on: copy.host.name, custody))
    }

    func vm(_ record: DomainRecord, on host: String, _ custody: Custody.View) -> VM {
        VM(record: record, host: host, ownership: ownership(of: record, on: host, custody))
    }

    /// Whose a domain is: a rule of the configuration says it, or else its metadata.
    func ownership(of record: DomainRecord, on host: String, _ custody: Custody.View) -> Ownership {
        gate.authority.rules.owner(ofDomain: record.name, on: host).map { .user($0) } ?? custody.ownership(of: record, on: host)
    }

    /// All hosts that the caller may see.
    public func hosts(for caller: Caller) -> [HostView] { hosts(in: cluster.snapshot, for: caller) }

    func hosts(in snapshot: ClusterSnapshot, for caller: Caller) -> [HostView] {
        let custody = custody.view
        return snapshot.hosts.compactMap { view(of: $0, custody, for: caller) }
    }

    /// A host as the caller may see it: whole, or only because something of it is the caller's to see; nil: not at all.
    private func view(of state: HostState, _ custody: Custody.View, for caller: Caller) -> HostView? {
        let reference = ObjectReference.host(state.name)
        let isOpen = gate.decide(caller, .seeHost, reference).isAllowed
        let domains =
            gate.showsAll || (gate.visibility == .everyone && gate.decide(caller, .seeDomain, reference).isAllowed)
            ? state.domains
            : state.domains.filter { sight(of: caller, custody)($0, state) }
        guard isOpen || !domains.isEmpty || holdsObject(state, for: caller) else { return nil }
        return HostView(state, domains: domains, isOpen: isOpen)
    }

    /// Whether a host has a pool or network that the caller may see.
    private func holdsObject(_ state: HostState, for caller: Caller) -> Bool {
        state.snapshot?.objects.contains { kind, records in
            let permission = kind.permission("getattr")
            return records.contains { gate.decide(caller, permission, ObjectReference($0.identity, host: state.name)).isAllowed }
        } ?? false
    }

    /// The host of that name as the caller may see it; nil if not at all, or if there is none. One that was given twice has two names.
    func hostView(_ name: String, for caller: Caller) -> HostView? {
        (cluster.snapshot.host(named: name) ?? cluster.host(named: name)?.state).flatMap { view(of: $0, custody.view, for: caller) }
    }

    /// What announced itself on the network, of that what the caller may see.
    public func announced(for caller: Caller) -> [AnnouncedHost] {
        cluster.snapshot.announced.filter { gate.decide(caller, .seeHost, .host($0.host ?? $0.name)).isAllowed }
    }

    /// The host of that name. Throws `notFound`.
    public func host(named name: String, for caller: Caller) throws(Failure) -> HostView {
        guard let host = hostView(name, for: caller) else { throw .noHost(name) }
        return host
    }

    /// The host of that name as what a command is run on, without asking it anything. Throws `notFound`.
    public func target(host name: String, for caller: Caller) throws(Failure) -> Target { Target(host: try host(name, for: caller).name) }

    func host(_ name: String, for caller: Caller) throws(Failure) -> Host {
        guard let host = cluster.host(named: name), hostView(name, for: caller) != nil else { throw .noHost(name) }
        return host
    }

    /// The names of all hosts that the caller may see.
    public func hostNames(for caller: Caller) -> [String] { hosts(for: caller).map(\.name) }

    /// Those of `commands` that the caller may run on an object, whether or not its state forbids them; each without what the caller may not give it.
    /// - Parameter commands: nil: all of its kind.
    public func actions(_ commands: [Command]? = nil, on target: Target, for caller: Caller) -> [Command] {
        (commands ?? CommandTable.commands(of: target.kind)).filter { mayRun($0, on: target, for: caller) }
            .map { offered($0, on: target.reference, for: caller) }
    }

    private func mayRun(_ command: Command, on target: Target, for caller: Caller) -> Bool {
        (try? admit(command, on: target.reference, for: caller)) != nil
    }

    /// A command as its form shows it: without the parameters and flags that the caller may not give it.
    public func offered(_ command: Command, on object: ObjectReference, for caller: Caller) -> Command {
        command.offering { gate.decide(caller, $0, object).isAllowed }
    }

    /// The kinds of what belongs to an object of which the caller may see a list.
    public func collections(of target: Target, for caller: Caller) -> [ObjectKind] {
        target.kind.children.filter { kind in
            guard kind != .domain, let list = ObjectRecord.listing(kind).flatMap({ CommandTable.command($0.name) }) else { return false }
            if gate.decide(caller, list.permissions, target.reference).isAllowed { return true }
            // Who may see one of them may see a list with that one.
            let known = target.kind == .connection ? cluster.snapshot.host(named: target.host)?.snapshot?.objects[kind] ?? [] : []
            return known.contains { gate.decide(caller, list.filters, ObjectReference($0.identity, host: target.host)).isAllowed }
        }
    }
}
