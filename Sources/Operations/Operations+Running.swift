// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Addresses
import Cluster
public import Commands
import Inventory
import Libvirt

extension Operations {
    /// Runs a command on an object. Asks the gate first: who is refused reaches no libvirt. Throws a `Failure` that says what
    /// became of it.
    /// - Parameter isHasty: whether a read is given up when the page has waited long enough that needs it.
    public func run(
        _ command: Command, on target: Target, with given: Arguments, isHasty: Bool = false, for caller: Caller
    ) async throws(Failure) -> Value {
        let host = try host(target.host, for: caller)
        try admit(command, on: target.reference, name: target.name, for: caller)
        for document in given.documents { try XMLCheck.admit(document.xml, parameter: document.parameter) }
        let attempts = [given.impacting(isActive: target.isActive == true, isPersistent: target.isPersistent != false), given].compactMap { $0 }
        for arguments in attempts.dropLast() {
            do {
                return try await attempt(command, on: target, with: arguments, host: host, isHasty: isHasty, for: caller)
            } catch  where error.libvirt?.code == .invalidArgument && error.message.contains("mutually exclusive") {
                // This function takes only one of the flags that were assumed, and says so before it changes anything.
            }
        }
        return try await attempt(command, on: target, with: given, host: host, isHasty: isHasty, for: caller)
    }

    private func attempt(
        _ command: Command, on target: Target, with arguments: Arguments, host: Host, isHasty: Bool, for caller: Caller
    ) async throws(Failure) -> Value {
        let plan = try await plan(command, on: target, with: arguments, host: host, for: caller)
        // Of the call that came to its end; one that was cut settles nothing, and says so to nobody.
        let findings = Findings()
        let entry: AuditEntry?
        // What asks for more than reading is told of, though it changes nothing: it gives secrets away.
        let isAudited = !command.isReading || !command.permissions(for: arguments).allSatisfy(\.isReading)
        do {
            entry = isAudited ? try await begin(command, arguments, on: target, plan.subjects, for: caller) : nil
        } catch {
            custody.end(plan.allWards)
            throw error
        }
        do {
            let value = try await execute(command, on: target, with: arguments, plan, host: host, findings, isHasty: isHasty, for: caller)
            await end(entry, findings, nil)
            return value
        } catch {
            await end(entry, findings, error)
            throw error
        }
    }

    /// What a command is about, as its arguments say, if the caller may do all of that; what it works on is held already.
    private func plan(
        _ command: Command, on target: Target, with arguments: Arguments, host: Host, for caller: Caller
    ) async throws(Failure) -> Plan {
        do {
            let subjects = try await subjects(of: command, arguments, on: target, host: host, for: caller)
            for subject in subjects { try check(command.permissions(for: arguments), on: subject, for: caller) }
            try admitVolume(arguments, on: target, for: caller)
            let destinations = try destinations(of: arguments, for: caller)
            try admitOwners(command, arguments, on: subjects, hosts: destinations.isEmpty ? [host] : Array(destinations.values), for: caller)
            let wards = try wards(of: command, arguments, subjects, on: host.name, for: caller)
            let passengers = destinations.values.flatMap { host in wards.map { Custody.Ward(uuid: $0.uuid, host: host.name) } }
            let plan = Plan(subjects: subjects, destinations: destinations, wards: wards, passengers: passengers)
            for ward in plan.allWards { custody.begin(ward) }
            return plan
        } catch {
            if error.kind == .denied {
                note(error, command: command.name, command.permissions(for: arguments), on: target.reference, name: target.name, for: caller)
            }
            throw error
        }
    }

    private struct Plan {
        let subjects: [ObjectReference]
        let destinations: [String: Host]
        let wards: [Custody.Ward]
        /// The same where they go to.
        let passengers: [Custody.Ward]

        var allWards: [Custody.Ward] { wards + passengers }
    }

    private func execute(
        _ command: Command, on target: Target, with arguments: Arguments, _ plan: Plan, host: Host, _ findings: Findings, isHasty: Bool,
        for caller: Caller
    ) async throws(Failure) -> Value {
        let (destinations, wards) = (plan.destinations, plan.wards)
        let path = target.path
        let subject = command.isReading ? nil : target.vm?.reference ?? Self.subject(among: plan.subjects, on: target)
        var value: Value
        do {
            let borrowed = try await borrow(destinations.filter { command.connected.contains($0.key) })
            defer { for item in borrowed.values { item.giveBack() } }
            value = try await perform(command, on: host, isHasty: isHasty) {
                [custody, connections = borrowed.mapValues(\.connection)] connection in
                let domain = subject?.domain
                findings.before(Glimpse(of: domain, on: connection, withOwners: command.mayChangeOwner))
                custody.read(wards, goingTo: destinations.values.map(\.name), on: connection)
                let result = Result {
                    // Also where the command failed: it may have done half of its work.
                    defer { findings.add(custody.settle(wards, on: connection)) }
                    var result: Result<Value, CommandError>?
                    try connection.withObject(path) { handle throws(LibvirtError) in
                        do throws(CommandError) {
                            result = .success(
                                try command.run(on: handle, with: arguments, connections: connections, uris: destinations.mapValues(\.migrationURI)))
                        } catch {
                            result = .failure(error)
                        }
                    }
                    return try result?.get() ?? .none
                }
                if let subject, subject.isDomain {
                    // A host that goes silent now does not undo what it has said.
                    let value = try? result.get()
                    if let value { findings.done(value) }
                    let made = value?.objects.first { $0.identity.kind == .domain }?.identity.uuid
                    findings.after(Glimpse(of: domain ?? made, on: connection, withOwners: command.mayChangeOwner))
                }
                return try result.get()
            }
        } catch {
            guard let known = findings.value else {
                throw await failed(error, command, on: target, with: arguments, plan, host: host, findings, for: caller)
            }
            value = known
        }
        // A relayed connection names the relay's socket, which is nobody's business and another one each time.
        if command.name == Function.virConnectGetURI.name { value = .string(host.configuration.uri) }
        for other in destinations.values {
            findings.add(await custody.settle(plan.passengers.filter { $0.host == other.name }, on: other))
        }
        for unread in await reread(after: command, on: target, arguments, value, hosts: [host] + destinations.values) {
            keep(plan.allWards.filter { $0.host == unread.name }, untilReadOn: unread)
        }
        try custody.end(plan.allWards, wrong: findings.wrong, host: host.name)
        return owned(value, on: target, command, for: caller)
    }

    private func failed(
        _ error: any Error, _ command: Command, on target: Target, with arguments: Arguments, _ plan: Plan, host: Host, _ findings: Findings,
        for caller: Caller
    ) async -> Failure {
        var failure = Failure(error, host: host.name, isReading: command.isReading)
        let isUnknown = failure.outcome == .unknown
        custody.end(plan.allWards, wrong: isUnknown ? [] : findings.wrong, after: isUnknown ? host.deadlines.lasting : .zero)
        for host in command.isReading ? [] : [host] + plan.destinations.values {
            host.note(Self.changes(by: command, on: target, arguments, .none))
            if isUnknown, let vm = target.vm { host.doubt(vm.record.uuid) }
        }
        failure = await explained(failure, of: command, on: target, host: host)
        return concealed(failure, of: arguments, on: host, from: caller)
    }

    private func perform(
        _ command: Command, on host: Host, isHasty: Bool, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        if command.waitsForGuest { return try await host.wait(body) }
        return command.isReading
            ? try await host.read(within: isHasty ? host.deadlines.patience : nil, body) : try await host.act(isLasting: command.isLasting, body)
    }

    /// Connections to the hosts that the call itself uses, each for this call alone.
    private func borrow(_ hosts: [String: Host]) async throws(Failure) -> [String: BorrowedConnection] {
        var borrowed: [String: BorrowedConnection] = [:]
        for (parameter, host) in hosts {
            do {
                borrowed[parameter] = try await host.borrow()
            } catch {
                for item in borrowed.values { item.giveBack() }
                throw Failure(error, host: host.name, isReading: true)
            }
        }
        return borrowed
    }

    /// Has what a command changed read anew, so that who was told that it is done finds it so.
    /// - Returns: the hosts on which it was not read in time.
    private func reread(after command: Command, on target: Target, _ arguments: Arguments, _ value: Value, hosts: [Host]) async -> [Host] {
        guard !command.isReading else { return [] }
        let changes = Self.changes(by: command, on: target, arguments, value)
        return await withTaskGroup(of: Host?.self) { group in
            for host in hosts {
                group.addTask {
                    guard await !host.refresh(changes) else { return nil }
                    for link in value.objects where link.identity.kind == .domain {
                        if let uuid = link.identity.uuid { host.remember(uuid, name: link.identity.name.description) }
                    }
                    return host
                }
            }
            return await group.reduce(into: []) { unread, host in if let host { unread.append(host) } }
        }
    }

    private static func changes(by command: Command, on target: Target, _ arguments: Arguments, _ value: Value) -> InventoryChanges {
        var changes = InventoryChanges()
        if let vm = target.vm { changes.formUnion(.domain(vm.record.uuid)) }
        if let kind = target.path.steps.first?.kind, kind != .domain { changes.formUnion(.kind(kind)) }
        var hasDomain = false
        for link in value.objects {
            guard let step = link.identity.path.steps.first else { continue }
            if step.kind == .domain, let uuid = UUID(step.key.description) {
                changes.formUnion(.domain(uuid))
                hasDomain = true
            } else {
                changes.formUnion(.kind(step.kind))
            }
        }
        // What a saved image or XML names, where the function does not say what it made.
        if let kind = command.namedByXML, kind != .domain || !hasDomain { changes.formUnion(.kind(kind)) }
        if arguments.savedDomain != nil { changes.formUnion(.kind(.domain)) }
        return changes
    }

    /// The same with the owners of the domains in it, and without what the caller may not see.
    private func owned(_ value: Value, on target: Target, _ command: Command, for caller: Caller) -> Value {
        let uuids = Set(value.objects.compactMap { $0.identity.path.steps.first.flatMap { $0.kind == .domain ? $0.key.description : nil } })
        var vms: [String: VM] = [:]
        if let vm = target.vm, uuids.allSatisfy({ $0 == vm.record.uuid.description }) {
            vms[vm.record.uuid.description] = vm
        } else if !uuids.isEmpty, let snapshot = cluster.snapshot.host(named: target.host)?.snapshot {
            let custody = custody.view
            for uuid in uuids {
                guard let record = UUID(uuid).flatMap({ snapshot.domain($0) }) else { continue }
                vms[uuid] = vm(record, on: target.host, custody)
            }
        }
        return value.mapObjects { link in
            let isDomain = link.identity.path.steps.first?.kind == .domain
            let vm = link.identity.path.steps.first.flatMap { vms[$0.key.description] }
            // One that is not known yet is nobody's.
            let reference =
                isDomain
                ? vm?.reference
                    ?? .domain(
                        host: target.host, uuid: link.identity.path.steps[0].key.description, name: link.identity.name.description, owner: .nobody)
                : ObjectReference(link.identity, host: target.host)
            guard command.filters.isEmpty || gate.decide(caller, command.filters, reference).isAllowed else { return nil }
            return ObjectLink(link.identity, owner: vm?.owner)
        }
    }

    /// libvirt says of an object in the wrong state only that something failed. So the state is read, and if it excludes the
    /// command that is what the caller is told.
    private func explained(_ failure: Failure, of command: Command, on target: Target, host: Host) async -> Failure {
        var failure = failure
        if failure.kind == .hypervisor, command.onlyStores { failure = failure.asUnprocessable }
        if !command.isReading, failure.outcome == nil { failure.outcome = .failed }
        guard target.obstacle(to: command) != nil || command.states != nil || target.record != nil else { return failure }
        guard let code = failure.libvirt?.code, code == .internalError || code == .operationInvalid else { return failure }
        // libvirt says of a domain that a destroy killed while a restarted libvirtd was still finding it that it does not run.
        let wasPossible = failure.outcome == .failed && target.obstacle(to: command) == nil
        guard let now = await reread(target, host: host) else {
            if wasPossible, code == .operationInvalid { failure.outcome = .unknown }
            return failure
        }
        guard let obstacle = now.obstacle(to: command) else { return failure }
        var conflict = Failure(.conflict, "\(obstacle) \(failure.message)", host: failure.host)
        conflict.advice = "\(command.title) is not for a \(target.kind.rawValue) in this state."
        conflict.libvirt = failure.libvirt
        conflict.outcome = wasPossible ? .unknown : failure.outcome
        conflict.state = now.isDomain ? now.vm?.record.state : nil
        return conflict
    }

    private func reread(_ target: Target, host: Host) async -> Target? {
        if target.isDomain, let vm = target.vm {
            guard await host.refresh(.domain(vm.record.uuid)), let record = host.state.snapshot?.domain(vm.record.uuid) else { return nil }
            return Target(vm: VM(record: record, host: target.host, ownership: vm.ownership))
        }
        guard target.record != nil else { return nil }
        let path = target.path
        let record = try? await host.read(within: host.deadlines.patience) { connection in
            try connection.withObject(path) { handle throws(LibvirtError) in try ObjectRecord(handle) }
        }
        return record.map { Target($0, host: target.host, vm: target.vm) }
    }
}

extension ObjectReference {
    fileprivate var isDomain: Bool { if case .domain = self { true } else { false } }

    /// The UUID of a domain, if it is one and that is known.
    fileprivate var domain: UUID? {
        guard case .domain(_, let uuid, _, _) = self else { return nil }
        return UUID(uuid)
    }
}
