// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
import Inventory
import Libvirt

extension Operations {
    /// The domains that a URL may mean: by UUID, which wins, or by name. `owner`: only that one's. Found in what is known; hosts are asked only
    /// where it is known from several of them, or has just gone from one: it may be migrating.
    /// Never empty: throws `notFound`.
    public func candidates(_ key: String, owner: String? = nil, for caller: Caller) async throws(Failure) -> [VM] {
        let snapshot = cluster.snapshot
        // What the caller may not see is looked for no longer than what is not there.
        let copies = snapshot.domains(for: key, seen: sight(of: caller, custody.view))
        if let uuid = copies.first(where: { !$0.others.isEmpty })?.record.uuid {
            await refresh(uuid, on: Set(copies.flatMap { [$0.host.name] + $0.others }))
        } else if copies.isEmpty, let uuid = snapshot.justLost(key) {
            await refresh(uuid, on: Set(snapshot.hosts.filter(\.isAnswering).map(\.name)))
        }
        return try found(key, owner: owner, for: caller)
    }

    private func found(_ key: String, owner: String?, for caller: Caller) throws(Failure) -> [VM] {
        let (snapshot, custody) = (cluster.snapshot, custody.view)
        var vms = snapshot.domains(for: key, seen: sight(of: caller, custody)).map { vm($0, custody) }
        if let owner { vms = vms.filter { $0.owner.utf8.elementsEqual(owner.utf8) } }
        guard vms.isEmpty else { return vms }
        var failure = Failure(.notFound, "There is no virtual machine \u{201C}\(key)\u{201D}\(owner.map { " of \($0)" } ?? "") here.")
        let silent = hosts(in: snapshot, for: caller).filter { $0.failure != nil }.map(\.name)
        failure.advice =
            silent.isEmpty
            ? "It may have been undefined or renamed; the list shows those that there are."
            : "These hosts do not answer and may have it: \(silent.joined(separator: ", "))."
        throw failure
    }

    /// The domain of that UUID, or name, on that host. Throws `notFound`, or why the host does not answer.
    public func vm(uuid key: String, host name: String, for caller: Caller) async throws(Failure) -> VM {
        let host = try host(name, for: caller)
        if let vm = known(key, on: name, for: caller) { return vm }
        // The host is named, so it may be asked; but not by who may not see what it would tell.
        if record(key, on: name) == nil, gate.decide(caller, .seeDomain, .host(name)).isAllowed {
            await host.refresh(UUID(key).map { .domain($0) } ?? .kind(.domain))
            if let vm = known(key, on: name, for: caller) { return vm }
        }
        if let state = cluster.snapshot.host(named: name), !state.isAnswering { throw Failure(silenceOf: state) }
        throw Failure(
            .notFound, "There is no virtual machine \u{201C}\(key)\u{201D} on the host \(name).",
            advice: "It may have been undefined or renamed; the list shows those that there are.")
    }

    private func known(_ key: String, on name: String, for caller: Caller) -> VM? {
        let (snapshot, custody) = (cluster.snapshot, custody.view)
        let copies = record(key, on: name).map { snapshot.copies(of: $0.uuid, seen: sight(of: caller, custody)) } ?? []
        return copies.first { $0.host.name.utf8.elementsEqual(name.utf8) }.map { vm($0, custody) }
    }

    private func record(_ key: String, on name: String) -> DomainRecord? {
        cluster.snapshot.host(named: name).flatMap { inventory in UUID(key).flatMap { inventory.domain($0) } ?? inventory.domains(named: key).first }
    }

    /// The domain as its host has it now, if it answers in time; otherwise, not fresh, as it is known. Nil if it is gone from there.
    public func refreshed(_ vm: VM, for caller: Caller) async -> (vm: VM, isFresh: Bool)? {
        let isFresh = await cluster.host(named: vm.host)?.refresh(.domain(vm.record.uuid)) == true
        return known(vm.record.uuid.description, on: vm.host, for: caller).map { ($0, isFresh) }
    }

    private func refresh(_ uuid: UUID, on names: Set<String>) async {
        await withTaskGroup(of: Void.self) { group in
            for host in names.compactMap({ cluster.host(named: $0) }) { group.addTask { await host.refresh(.domain(uuid)) } }
        }
    }
}
