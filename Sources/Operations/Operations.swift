// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Audit
public import Cluster
public import Commands
import Inventory
public import Libvirt

/// The one place that finds objects and runs commands on them. Every way in passes the gate.
public struct Operations: Sendable {
    public let cluster: Cluster
    public let gate: Gate
    let audit: AuditLog
    let custody = Custody()

    /// - Parameter audit: where it is written what is changed or refused. Where that cannot be, nothing is changed.
    public init(cluster: Cluster, gate: Gate, audit: AuditLog) {
        self.audit = audit
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
        if gate.showsAll(to: caller) { return { _, _ in true } }
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

    /// Whether the caller may see a host: what it is, or only that it is there, because something on it is the caller's to see.
    private func sees(_ state: HostState, _ custody: Custody.View, for caller: Caller) -> Bool {
        if gate.decide(caller, .seeHost, .host(state.name)).isAllowed { return true }
        let sight = sight(of: caller, custody)
        return state.domains.contains { sight($0, state) } || holdsObject(state, for: caller)
    }

    /// A host as the caller may see it; nil: not at all.
    private func view(of state: HostState, _ custody: Custody.View, for caller: Caller) -> HostView? {
        guard sees(state, custody, for: caller) else { return nil }
        let sight = sight(of: caller, custody)
        return HostView(
            state, domains: gate.showsAll(to: caller) ? state.domains : state.domains.filter { sight($0, state) },
            isOpen: gate.decide(caller, .seeHost, .host(state.name)).isAllowed)
    }

    /// Whether a host has a pool or network that the caller may see.
    private func holdsObject(_ state: HostState, for caller: Caller) -> Bool {
        state.snapshot?.objects.contains { kind, records in
            let permission = kind.permission("getattr")
            return records.contains { gate.decide(caller, permission, ObjectReference($0.identity, host: state.name)).isAllowed }
        } ?? false
    }

    /// What is known of the host of that name. One that was given twice has two names.
    private func state(_ name: String) -> HostState? { cluster.snapshot.host(named: name) ?? cluster.host(named: name)?.state }

    /// What announced itself on the network, of that what the caller may see.
    public func announced(for caller: Caller) -> [AnnouncedHost] {
        cluster.snapshot.announced.filter { gate.decide(caller, .seeHost, .host($0.host ?? $0.name)).isAllowed }
    }

    /// The host of that name. Throws `notFound`.
    public func host(named name: String, for caller: Caller) throws(Failure) -> HostView {
        guard let host = state(name).flatMap({ view(of: $0, custody.view, for: caller) }) else { throw .noHost(name) }
        return host
    }

    /// The host of that name as what a command is run on, without asking it anything. Throws `notFound`.
    public func target(host name: String, for caller: Caller) throws(Failure) -> Target { Target(host: try host(name, for: caller).name) }

    func host(_ name: String, for caller: Caller) throws(Failure) -> Host {
        guard let host = cluster.host(named: name), let state = state(name), sees(state, custody.view, for: caller) else { throw .noHost(name) }
        return host
    }

    /// The names of all hosts that the caller may see.
    public func hostNames(for caller: Caller) -> [String] {
        let custody = custody.view
        return cluster.snapshot.hosts.filter { sees($0, custody, for: caller) }.map(\.name)
    }

    /// Those of `commands` that the caller may run on an object, whether or not its state forbids them; each without what the caller may not give it.
    /// - Parameter commands: nil: all of its kind.
    public func actions(_ commands: [Command]? = nil, on target: Target, for caller: Caller) -> [Command] {
        (commands ?? CommandTable.commands(of: target.kind)).filter { mayRun($0, on: target.reference, for: caller) }
            .map { offered($0, on: target.reference, for: caller) }
    }

    /// A command as its form shows it: without the parameters and flags that the caller may not give it.
    public func offered(_ command: Command, on object: ObjectReference, for caller: Caller) -> Command {
        command.offering { gate.decide(caller, $0, object).isAllowed }
    }

    /// The kinds of what belongs to an object of which the caller may see a list.
    public func collections(of target: Target, for caller: Caller) -> [ObjectKind] {
        target.kind.children.filter { kind in
            kind != .domain
                && (ObjectRecord.listing(kind).flatMap { CommandTable.command($0.name) }.map { mayList(kind, by: $0, of: target, for: caller) }
                    ?? false)
        }
    }

    /// Whether the caller may see a list. Who may not see them all may see one with those that he may see, if these are known already.
    func mayList(_ kind: ObjectKind, by list: Command, of target: Target, for caller: Caller) -> Bool {
        if gate.decide(caller, list.permissions, target.reference).isAllowed { return true }
        let known = target.kind == .connection ? cluster.snapshot.host(named: target.host)?.snapshot?.objects[kind] ?? [] : []
        return known.contains { gate.decide(caller, list.filters, ObjectReference($0.identity, host: target.host)).isAllowed }
    }
}
