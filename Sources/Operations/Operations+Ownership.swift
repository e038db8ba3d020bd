// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
import Commands
import Inventory
import Libvirt
import XML

extension Operations {
    /// The domains whose owner a command must leave as it is. Who may change owners may do so by XML.
    func wards(
        of command: Command, _ arguments: Arguments, _ subjects: [ObjectReference], on name: String, for caller: Caller
    ) throws(Failure) -> [Custody.Ward] {
        guard command.mayChangeOwner else { return [] }
        let isPosted = command.name == "virDomainSetMetadata" || !arguments.documents.isEmpty
        var wards: [Custody.Ward] = []
        for subject in subjects {
            // A copy elsewhere is not touched.
            guard case .domain(let host, let text, _, _) = subject, host == name, let uuid = UUID(text) else { continue }
            let ward = Custody.Ward(uuid: uuid, host: host)
            guard isPosted, gate.decide(caller, .changeOwner, subject).isAllowed else {
                wards.append(ward)
                continue
            }
            // What is at work on it would put back what was before.
            guard let owner = custody.known(ward), let posted = Self.postedOwner(command, arguments), posted != owner else { continue }
            throw Failure(
                .conflict, "Another command is at work on this domain that leaves its owner as it is, so nothing was done.",
                advice: "Try again in a moment, or change the owner at the domain's own address.", host: host)
        }
        return wards
    }

    /// The owner that what was posted would give a domain; nil if it leaves the owner alone.
    private static func postedOwner(_ command: Command, _ arguments: Arguments) -> String?? {
        guard command.name == "virDomainSetMetadata" else {
            return .some(arguments.documents.lazy.compactMap { DomainNotes.owners(in: $0.xml)?.first }.first)
        }
        let owners = arguments.string("metadata").flatMap { DomainNotes.owners(in: $0) } ?? []
        guard arguments.string("uri") == DomainNotes.ownerNamespace || !owners.isEmpty else { return nil }
        return .some(owners.first)
    }

    /// Throws if what was posted names another owner, or gives a name to a domain by which it would have another one, and the caller may not
    /// change owners.
    /// - Parameter hosts: those on which the domain will be.
    func admitOwners(
        _ command: Command, _ arguments: Arguments, on subjects: [ObjectReference], hosts: [Host], for caller: Caller
    ) throws(Failure) {
        guard !command.isReading else { return }
        for subject in subjects {
            guard case .domain(_, let uuid, let name, let owner) = subject, !gate.decide(caller, .changeOwner, subject).isAllowed else { continue }
            let texts = arguments.documents.map(\.xml) + [arguments.string("metadata")].compactMap { $0 }
            // A text that is no XML libvirt will refuse, or take as a title.
            let owners = texts.flatMap { DomainNotes.owners(in: $0) ?? [] }
            let isSame = owners.allSatisfy { $0.utf8.elementsEqual((owner.name ?? "").utf8) }
            let isOfNamespace = command.name == "virDomainSetMetadata" && (arguments.string("uri") == DomainNotes.ownerNamespace || !owners.isEmpty)
            guard isSame, !isOfNamespace else {
                throw Failure(
                    .denied, "Only who has the permission \(Permission.changeOwner) changes whose a domain is, and this would.",
                    advice: "Leave the owner out, or as it is. Nothing was changed.")
            }
            let next = command.renaming.flatMap { arguments.string($0) } ?? name
            let rules = gate.authority.rules
            for host in hosts {
                // Without a rule its metadata says it, as it does now unless a rule does.
                let isKept =
                    rules.owner(ofDomain: next, on: host.name).map { $0 == owner.name }
                    ?? (rules.owner(ofDomain: name, on: subject.hostName ?? "") == nil)
                guard isKept else {
                    throw Failure(.denied, "By that name, or on that host, the domain would belong to another one. Nothing was changed.")
                }
                guard next != name || host.name != subject.hostName else { continue }
                // A grant by name or host must not be had by giving the domain that name.
                let renamed = ObjectReference.domain(host: host.name, uuid: uuid, name: next, owner: owner)
                let isMore = CommandTable.permissions.contains {
                    gate.decide(caller, $0, renamed).isAllowed && !gate.decide(caller, $0, subject).isAllowed
                }
                guard !isMore else {
                    throw Failure(.denied, "By that name, or on that host, you could do more with the domain than now. Nothing was changed.")
                }
            }
        }
    }

    /// Whether the caller may say whose a domain is. Where the configuration says it, nobody may.
    public func mayChangeOwner(of target: Target, for caller: Caller) -> Bool {
        guard let vm = target.vm, gate.authority.rules.owner(ofDomain: vm.record.name, on: vm.host) == nil else { return false }
        return gate.decide(caller, Self.changingOwner, vm.reference).isAllowed
    }

    /// What changing a domain's owner asks for: it writes metadata.
    public static let changingOwner: [Permission] = [.changeOwner, "domain:write", "domain:save"]

    public func admitChangeOfOwner(of vm: VM, for caller: Caller) throws(Failure) {
        try admit(Self.changingOwner, on: vm.reference, command: "owner", for: caller)
    }

    /// Makes a domain somebody's, in its running and its stored configuration.
    /// - Parameter name: nil or empty: nobody's.
    /// - Returns: the domain as it is now.
    public func changeOwner(of vm: VM, to name: String?, for caller: Caller) async throws(Failure) -> VM {
        try admitChangeOfOwner(of: vm, for: caller)
        let host = try host(vm.host, for: caller)
        let owner = name == "" || name == "nobody" ? nil : name
        if let owner { try Self.admit(owner: owner) }
        if let rule = gate.authority.rules.owner(ofDomain: vm.record.name, on: host.name) {
            throw Failure(
                .conflict, "The configuration of this server says that this domain is \u{201C}\(rule)\u{201D}'s, whatever its metadata says.",
                advice: "Change the owners in the configuration file.")
        }
        let findings = Findings()
        let entry = try await begin(changing: vm, to: owner, for: caller)
        do {
            let changed = try await change(vm, to: owner, host: host, findings)
            await end(entry, findings, nil)
            return changed
        } catch {
            await end(entry, findings, error)
            throw error
        }
    }

    private func change(_ vm: VM, to owner: String?, host: Host, _ findings: Findings) async throws(Failure) -> VM {
        let uuid = vm.record.uuid
        let ward = Custody.Ward(uuid: uuid, host: host.name)
        custody.begin(ward)
        let takeBack = custody.decide(owner, of: ward)
        do {
            let end = ContinuousClock.now + host.deadlines.acting
            var owners = DomainOwners()
            repeat {
                owners = try await host.act { connection in
                    if findings.before == nil { findings.before(Glimpse(of: uuid, on: connection, withOwners: false)) }
                    defer { findings.after(Glimpse(of: uuid, on: connection, withOwners: false)) }
                    return try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in try DomainOwners.set(owner, on: domain) }
                }
                // What else is at work on it will write the same when it is done.
                if !owners.agree(on: owner) { try await Task.sleep(for: .milliseconds(100)) }
            } while !owners.agree(on: owner) && .now < end
            guard owners.agree(on: owner) else {
                throw Failure(.hypervisor, "The owner was written, but reads otherwise: something else changes it too.", host: host.name)
            }
        } catch {
            takeBack()
            var failure = Failure(error, host: host.name, isReading: false)
            if failure.kind == .notFound, findings.before != nil {
                // It was there. Some of it was perhaps written, and went with it.
                failure = Failure(
                    .conflict, "The domain went away, perhaps to another host, while its owner was written.",
                    advice: "Look whose it is before trying again.", host: host.name)
                failure.outcome = .unknown
            }
            failure.outcome = failure.outcome ?? .failed
            custody.end([ward], after: failure.outcome == .unknown ? host.deadlines.lasting : .zero)
            throw failure
        }
        if await !host.refresh(.domain(uuid)) { keep([ward], untilReadOn: host) }
        custody.settled(ward)
        return VM(record: host.state.snapshot?.domain(uuid) ?? vm.record, host: host.name, ownership: Ownership(owner))
    }

    /// Domains stay whose they shall be until the inventory has read them: a host that is slow to answer is still known as it was before, and
    /// whoever had them would go on.
    func keep(_ wards: [Custody.Ward], untilReadOn host: Host) {
        guard !wards.isEmpty else { return }
        for ward in wards { custody.begin(ward) }
        let changes = wards.reduce(into: InventoryChanges()) { $0.formUnion(.domain($1.uuid)) }
        Task { [custody, weak host] in
            while let current = host, await !current.refresh(changes) { try? await Task.sleep(for: .seconds(1)) }
            custody.end(wards)
        }
    }

    /// Throws unless it is a user's name that can stand in XML.
    private static func admit(owner: String) throws(Failure) {
        let refusal = UserName.refusal(of: owner) ?? (owner.unicodeScalars.allSatisfy(\.isOfXML) ? nil : "It holds a character that XML cannot.")
        if let refusal { throw Failure(ArgumentError(parameter: "owner", message: refusal)) }
    }
}
