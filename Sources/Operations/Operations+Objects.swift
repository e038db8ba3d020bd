// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
public import Commands
public import Inventory
public import Libvirt

extension Operations {
    /// All objects of a kind that belong to `place` and that the caller may see.
    public func objects(_ kind: ObjectKind, of place: Target, for caller: Caller) async throws(Failure) -> [ObjectRecord] {
        let host = try host(place.host, for: caller)
        guard let list = ObjectRecord.listing(kind).flatMap({ CommandTable.command($0.name) }) else { return [] }
        if !mayList(kind, by: list, of: place, for: caller) { try admit(list.permissions, on: place.reference, command: list.name, for: caller) }
        return try await records(kind, of: place, on: host).filter { record in
            let reference = place.vm?.reference ?? ObjectReference(record.identity, host: host.name)
            return gate.decide(caller, list.filters, reference).isAllowed
        }.sorted { $0.identity.name.bytes.lexicographicallyPrecedes($1.identity.name.bytes) }
    }

    /// From what is known of the host, read anew now that somebody looks; where that is not kept, the host is asked.
    private func records(_ kind: ObjectKind, of place: Target, on host: Host) async throws(Failure) -> [ObjectRecord] {
        if place.kind == .connection, HostSnapshot.kinds.contains(kind) {
            await host.refresh(.kind(kind))
            guard let state = cluster.snapshot.host(named: place.host) else { throw .noHost(place.host) }
            guard state.isAnswering else { throw Failure(silenceOf: state) }
            if let records = state.snapshot?.objects[kind] { return records }
        }
        let path = place.path
        return try await look(at: host) { try ObjectRecord.all(kind, in: path, on: $0) }
    }

    /// The object at a path. Throws `notFound`.
    /// - Parameters:
    ///   - vm: the domain that it belongs to, if it does.
    ///   - command: what it is wanted for; who may not run that has it not looked for.
    public func object(
        at path: ObjectPath, host name: String, vm: VM? = nil, for caller: Caller, running command: Command? = nil
    ) async throws(Failure) -> Target {
        let host = try host(name, for: caller)
        let seeing = path.kind.seeing
        // Asked of the name alone first, so that what is there and may not be seen is as what is not there.
        let reference = vm?.reference ?? reference(to: path, on: name)
        guard gate.decide(caller, seeing, reference).isAllowed else { throw .nothing(at: path, host: name) }
        if let command { try admit(command, on: reference, for: caller) }
        let record: ObjectRecord
        do {
            record = try await look(at: host) { connection in
                try connection.withObject(path) { handle throws(LibvirtError) in try ObjectRecord(handle) }
            }
        } catch
            where vm == nil && path.steps.count > 1
            && !gate.decide(caller, path.parent.kind.seeing, self.reference(to: path.parent, on: name)).isAllowed
        {
            // Whether it is the pool or the volume that is not there is not for who may not see the pool.
            throw .nothing(at: path, host: name)
        }
        let target = Target(record, host: name, vm: vm)
        guard gate.decide(caller, seeing, target.reference).isAllowed else { throw .nothing(at: path, host: name) }
        return target
    }

    /// What an address names, as far as that is known without asking the host: networks and pools may be named by their UUIDs, too.
    private func reference(to path: ObjectPath, on name: String) -> ObjectReference {
        guard let first = path.steps.first, let uuid = UUID(first.key.description),
            let records = cluster.snapshot.host(named: name)?.snapshot?.objects[first.kind],
            let record = records.first(where: { $0.identity.uuid == uuid })
        else { return ObjectReference(path, host: name) }
        return ObjectReference(ObjectPath([.init(first.kind, record.identity.name)] + path.steps.dropFirst()), host: name)
    }

    /// The domains of a host with what they use, of those that the caller may see; none if no domain uses objects of that kind.
    public func users(of records: [ObjectRecord], on name: String, for caller: Caller) -> [(uses: Set<DomainUse>, vm: VM)] {
        guard records.contains(where: { $0.fields.contains { if case .users = $0.value { true } else { false } } }) else { return [] }
        guard let state = cluster.snapshot.host(named: name), let snapshot = state.snapshot else { return [] }
        let custody = custody.view
        let sight = sight(of: caller, custody)
        return snapshot.domains.filter { sight($0, state) }.map { record in
            (record.uses.union([DomainUse(.domain, record.uuid.description)]), vm(record, on: name, custody))
        }
    }

    private func look<Result: Sendable>(
        at host: Host, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(Failure) -> Result {
        do { return try await host.read(body) } catch { throw Failure(error, host: host.name, isReading: true) }
    }
}
