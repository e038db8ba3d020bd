// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Addresses
import Cluster
public import Commands
import Libvirt

extension Operations {
    /// Throws unless the caller may run the command at all, whatever its flags: before its form is shown. A refusal is audited.
    /// - Parameter name: the object's.
    public func admit(_ command: Command, on object: ObjectReference, name: String? = nil, for caller: Caller) throws(Failure) {
        do {
            try check(command, on: object, for: caller)
        } catch {
            note(error, command: command.name, command.permissions, on: object, name: name, for: caller)
            throw error
        }
    }

    /// Whether the caller may run the command at all, as far as that is known without its arguments.
    public func mayRun(_ command: Command, on object: ObjectReference, for caller: Caller) -> Bool {
        (try? check(command, on: object, for: caller)) != nil
    }

    /// Whoever may run one that names its object inside of XML, or of a file, on some object, may begin.
    private func check(_ command: Command, on object: ObjectReference, for caller: Caller) throws(Failure) {
        guard command.namedByXML == nil else {
            try check(gate.decideSomewhere(caller, command.permissions, host: object.hostName ?? ""))
            return
        }
        try check(command.permissions, on: object, for: caller)
        // A number is of all that there are, so whoever asks for it must be one who may see all.
        if command.countsObjects { try check(command.filters, on: object, for: caller) }
    }

    /// Throws unless the caller has a permission that is for the server itself. A refusal is audited.
    public func admit(_ permission: Permission, for caller: Caller) throws(Failure) {
        try admit([permission], on: .server, command: nil, for: caller)
    }

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

    /// The same, and a refusal is audited.
    func admit(_ permissions: [Permission], on object: ObjectReference, command: String?, for caller: Caller) throws(Failure) {
        do {
            try check(permissions, on: object, for: caller)
        } catch {
            note(error, command: command, permissions, on: object, for: caller)
            throw error
        }
    }

    func check(_ permissions: [Permission], on object: ObjectReference, for caller: Caller) throws(Failure) {
        try check(gate.decide(caller, permissions, object))
    }

    private func check(_ decision: Gate.Decision) throws(Failure) {
        guard case .denied(let reason) = decision else { return }
        throw Failure(.denied, reason, advice: "Ask whoever runs this server for the permission.")
    }

    /// What the gate is asked about: the object itself, or those that its XML or a saved image names.
    func subjects(
        of command: Command, _ arguments: Arguments, on target: Target, host: Host, for caller: Caller
    ) async throws(Failure) -> [ObjectReference] {
        guard let kind = command.namedByXML else { return [target.reference] }
        var subjects = arguments.documents.flatMap { self.subjects(in: $0.xml, kind, on: target, host) }
        if let file = arguments.savedDomain {
            // Whose it is stands in the file, so that is read for who may have files read.
            try check(gate.decideSomewhere(caller, command.permissions(for: arguments), host: host.name))
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
    func admitVolume(_ arguments: Arguments, on target: Target, for caller: Caller) throws(Failure) {
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
    func destinations(of arguments: Arguments, for caller: Caller) throws(Failure) -> [String: Host] {
        var hosts: [String: Host] = [:]
        for (parameter, name) in arguments.hosts {
            guard let host = try? host(name, for: caller) else {
                // It may be a URI by mistake.
                let quoted = ConnectionURI(name).withoutSecrets
                throw Failure(ArgumentError(parameter: parameter, message: "There is no host of the name \u{201C}\(quoted)\u{201D}."))
            }
            try check(["domain:migrate", "domain:start", "domain:write"], on: .host(name), for: caller)
            hosts[parameter] = host
        }
        return hosts
    }
}
