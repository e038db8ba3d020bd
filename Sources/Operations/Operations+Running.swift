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
        try admit(command, on: target.reference, for: caller)
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
        let subjects = try await subjects(of: command, arguments, on: target, host: host, for: caller)
        for subject in subjects { try admit(command.permissions(for: arguments), on: subject, for: caller) }
        try admitVolume(arguments, on: target, for: caller)
        let destinations = try destinations(of: arguments, for: caller)
        try admitOwners(command, arguments, on: subjects, hosts: destinations.isEmpty ? [host] : Array(destinations.values), for: caller)
        let wards = try wards(of: command, arguments, subjects, on: host.name, for: caller)
        let passengers = destinations.values.flatMap { host in wards.map { Custody.Ward(uuid: $0.uuid, host: host.name) } }
        for ward in wards + passengers { custody.begin(ward) }
        let path = target.path
        // Of the call that came to its end; one that was cut settles nothing, and says so to nobody.
        let findings = Findings()
        do {
            let borrowed = try await borrow(destinations.filter { command.connected.contains($0.key) })
            defer { for item in borrowed.values { item.giveBack() } }
            let value = try await perform(command, on: host, isHasty: isHasty) {
                [custody, connections = borrowed.mapValues(\.connection)] connection in
                custody.read(wards, goingTo: destinations.values.map(\.name), on: connection)
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
            // A relayed connection names the relay's socket, which is nobody's business and another one each time.
            if command.name == Function.virConnectGetURI.name { return .string(host.configuration.uri) }
            for other in destinations.values {
                findings.add(await custody.settle(passengers.filter { $0.host == other.name }, on: other))
            }
            await reread(after: command, on: target, arguments, value, hosts: [host] + destinations.values)
            try custody.end(wards + passengers, wrong: findings.wrong, host: host.name)
            return owned(value, on: target, command, for: caller)
        } catch let failure as Failure where failure.isOfOwner {
            throw failure
        } catch {
            let isUnknown = Failure(error, host: host.name, isReading: command.isReading).outcome == .unknown
            custody.end(wards + passengers, wrong: isUnknown ? [] : findings.wrong, after: isUnknown ? host.deadlines.lasting : .zero)
            if !command.isReading { for host in [host] + destinations.values { host.note(Self.changes(by: command, on: target, arguments, .none)) } }
            let failure = await explained(Failure(error, host: host.name, isReading: command.isReading), of: command, on: target, host: host)
            throw concealed(failure, of: arguments, on: host, from: caller)
        }
    }

    /// Throws unless the caller may run the command at all, whatever its flags: before its form is shown.
    /// Whoever may run one that names its object inside of XML, or of a file, on some object, may begin.
    public func admit(_ command: Command, on object: ObjectReference, for caller: Caller) throws(Failure) {
        guard command.namedByXML == nil else {
            try admit(gate.decideSomewhere(caller, command.permissions, host: object.hostName ?? ""))
            return
        }
        try admit(command.permissions, on: object, for: caller)
        // A number is of all that there are, so whoever asks for it must be one who may see all.
        if command.countsObjects { try admit(command.filters, on: object, for: caller) }
    }

    /// Throws unless the caller has a permission that is for the server itself.
    public func admit(_ permission: Permission, for caller: Caller) throws(Failure) { try admit([permission], on: .server, for: caller) }

    /// Whether the caller may read an object's XML whole and write it back.
    /// - Parameters:
    ///   - description: the command that reads it, with these flags.
    ///   - define: the command that writes it.
    public func mayEdit(_ target: Target, by description: String, _ flags: [String], _ define: String, for caller: Caller) -> Bool {
        guard let description = CommandTable.command(description), let define = CommandTable.command(define),
            let arguments = try? Arguments(flags.map { ("flags", $0) }, for: description)
        else { return false }
        let permissions = description.permissions(for: arguments) + define.permissions
        return gate.decide(caller, permissions, target.reference).isAllowed
    }

    func admit(_ permissions: [Permission], on object: ObjectReference, for caller: Caller) throws(Failure) {
        try admit(gate.decide(caller, permissions, object))
    }

    private func admit(_ decision: Gate.Decision) throws(Failure) {
        guard case .denied(let reason) = decision else { return }
        throw Failure(.denied, reason, advice: "Ask whoever runs this server for the permission.")
    }

    /// What the gate is asked about: the object itself, or those that its XML or a saved image names.
    private func subjects(
        of command: Command, _ arguments: Arguments, on target: Target, host: Host, for caller: Caller
    ) async throws(Failure) -> [ObjectReference] {
        guard let kind = command.namedByXML else { return [target.reference] }
        var subjects = arguments.documents.flatMap { self.subjects(in: $0.xml, kind, on: target, host) }
        if let file = arguments.savedDomain {
            // Whose it is stands in the file, so that is read for who may have files read.
            try admit(gate.decideSomewhere(caller, command.permissions(for: arguments), host: host.name))
            subjects += self.subjects(in: try? await savedXML(file, host: host), kind, on: target, host)
        }
        return subjects.isEmpty ? [target.reference] : subjects
    }

    /// What a document names: of the domains that are there all that it may mean, or the one that would come to be.
    private func subjects(in xml: String?, _ kind: ObjectKind, on target: Target, _ host: Host) -> [ObjectReference] {
        guard let object = xml.flatMap({ NamedObject($0, kind: kind) }) else { return [target.reference] }
        guard kind == .domain else {
            let parent = target.kind == .connection ? nil : target.name
            return [.object(kind: kind.rawValue, host: host.name, name: object.name, uuid: object.uuid, parent: parent)]
        }
        let custody = custody.view
        var known = object.matches(among: host.state.domains).map { vm($0, on: host.name, custody).reference }
        // A domain of this UUID on another host is meant, too: with a copy beside it, it would not be the one that counts any more.
        for copy in object.uuid.flatMap({ UUID($0) }).map({ cluster.snapshot.copies(of: $0) }) ?? [] where copy.host.name != host.name {
            known.append(vm(copy, custody).reference)
        }
        let owner = gate.authority.rules.owner(ofDomain: object.name, on: host.name)
        return known.isEmpty ? [.domain(host: host.name, uuid: object.uuid ?? "", name: object.name, owner: Ownership(owner))] : known
    }

    /// Throws for a volume that a parameter names if the caller may not read it. Who may not read all names those of the same pool, as a path says nothing of
    /// whose it is.
    private func admitVolume(_ arguments: Arguments, on target: Target, for caller: Caller) throws(Failure) {
        guard let name = arguments.string("clonevol") else { return }
        let reading = ObjectKind.volume.permission("read")
        guard !gate.decide(caller, reading, .host(target.host)).isAllowed else { return }
        let pool = target.path.steps.first?.key.description
        let volume = ObjectReference.object(kind: ObjectKind.volume.rawValue, host: target.host, name: name, uuid: nil, parent: pool)
        guard !name.contains("/"), gate.decide(caller, reading, volume).isAllowed else {
            throw Failure(ArgumentError(parameter: "clonevol", message: "There is no volume of that name in this pool that you may read."))
        }
    }

    /// What a saved image says whose it is. Where it cannot be read the command will fail too, and says why.
    private func savedXML(_ file: String, host: Host) async throws -> String? {
        try await host.read { connection in
            try connection.withObject(ObjectPath([])) { handle throws(LibvirtError) in
                let read = try Function.virDomainSaveImageGetXMLDesc.call(on: handle, CallArguments(["file": .string(file)])).returned
                guard case .string(let text) = read else { return nil }
                return text
            }
        }
    }

    /// The hosts that parameters name. Throws 422 for one that is not joined.
    private func destinations(of arguments: Arguments, for caller: Caller) throws(Failure) -> [String: Host] {
        var hosts: [String: Host] = [:]
        for (parameter, name) in arguments.hosts {
            guard let host = cluster.host(named: name), hostView(name, for: caller) != nil else {
                throw Failure(ArgumentError(parameter: parameter, message: "There is no host of the name \u{201C}\(name)\u{201D}."))
            }
            try admit(["domain:migrate", "domain:start", "domain:write"], on: .host(name), for: caller)
            hosts[parameter] = host
        }
        return hosts
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
    private func reread(after command: Command, on target: Target, _ arguments: Arguments, _ value: Value, hosts: [Host]) async {
        guard !command.isReading else { return }
        let changes = Self.changes(by: command, on: target, arguments, value)
        await withTaskGroup(of: Void.self) { group in
            for host in hosts {
                group.addTask {
                    guard await !host.refresh(changes) else { return }
                    for link in value.objects where link.identity.kind == .domain {
                        if let uuid = link.identity.uuid { host.remember(uuid, name: link.identity.name.description) }
                    }
                }
            }
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
        guard let now = await reread(target, host: host), let obstacle = now.obstacle(to: command) else { return failure }
        var conflict = Failure(.conflict, "\(obstacle) \(failure.message)", host: failure.host)
        conflict.advice = "\(command.title) is not for a \(target.kind.rawValue) in this state."
        conflict.libvirt = failure.libvirt
        // libvirt says of a domain that a destroy killed while a restarted libvirtd was still finding it that it does not run.
        conflict.outcome = failure.outcome == .failed && target.obstacle(to: command) == nil ? .unknown : failure.outcome
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
