// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Commands
import Inventory
import Libvirt

/// What stands in the audit of something that began.
struct AuditEntry: Sendable {
    let record: AuditRecord
    /// Whether what libvirt says of it can quote nothing that is a secret.
    var isPlain = true
    let start = ContinuousClock.now
}

extension Operations {
    /// Writes that a command begins. Throws where that cannot be written: then it may not.
    func begin(
        _ command: Command, _ arguments: Arguments, on target: Target, _ subjects: [ObjectReference], for caller: Caller
    ) async throws(Failure) -> AuditEntry {
        var record = AuditRecord.beginning()
        record.command = command.name
        record.permissions = command.permissions(for: arguments).map(\.description)
        let subject = Self.subject(among: subjects, on: target)
        record.name(subject, target: subject == target.reference ? target : nil)
        record.host = target.host
        let disclosed = arguments.disclosed
        record.parameters = disclosed.map { ($0.name, $0.value.text) }
        return try await begin(record, isPlain: disclosed.allSatisfy(\.value.isPlain), for: caller)
    }

    /// What a command is about: what is made or changed by XML is what that names, unless it is several. A copy on another host is none of them.
    static func subject(among subjects: [ObjectReference], on target: Target) -> ObjectReference {
        let own = subjects.filter { $0.hostName == target.host }
        let named = own.isEmpty ? subjects : own
        return named.count == 1 ? named[0] : target.reference
    }

    /// The same of a change of a domain's owner.
    func begin(changing vm: VM, to owner: String?, for caller: Caller) async throws(Failure) -> AuditEntry {
        var record = AuditRecord.beginning(.owner)
        record.command = "owner"
        record.permissions = Self.changingOwner.map(\.description)
        record.name(vm.reference, target: nil)
        record.parameters = [("from", vm.owner), ("to", owner ?? "nobody")]
        return try await begin(record, for: caller)
    }

    private func begin(_ record: AuditRecord, isPlain: Bool = true, for caller: Caller) async throws(Failure) -> AuditEntry {
        let entry = AuditEntry(record: record.asked(by: caller), isPlain: isPlain)
        do throws(AuditError) { try await audit.commit(entry.record) } catch { throw .unaudited }
        return entry
    }

    /// Writes what became of it. It has happened, so that this cannot be written does not change it: then it is written later.
    func end(_ entry: AuditEntry?, _ findings: Findings, _ failure: Failure?) async {
        guard let entry else { return }
        let outcome = failure.map { $0.outcome == .unknown ? AuditRecord.Outcome.unknown : .failed } ?? .ok
        var record = entry.record.ending(outcome, reason: entry.isPlain ? failure?.message : nil)
        record.duration = .now - entry.start
        record.code = failure?.libvirt.map { $0.code.name ?? "\($0.code.rawValue)" }
        record.before = findings.before?.digest
        record.after = findings.after?.digest
        // How an owner is changed by `.../owner` stands in its beginning.
        if entry.record.event == .command { record.parameters = Glimpse.change(from: findings.before, to: findings.after) }
        try? await audit.commit(record)
    }

    /// Writes what the gate refused.
    func note(
        _ failure: Failure, command: String?, _ permissions: [Permission], on object: ObjectReference, name: String? = nil, for caller: Caller
    ) {
        var record = AuditRecord(.denial, decision: .denied, reason: failure.message).asked(by: caller)
        record.command = command
        record.permissions = permissions.map(\.description)
        record.name(object, target: nil)
        if let name { record.name = name }
        audit.note(record)
    }
}

extension AuditRecord {
    fileprivate func asked(by caller: Caller) -> AuditRecord {
        var record = self
        if let name = caller.name { record.requester.caller = name }
        return record
    }

    /// Names what it is about.
    fileprivate mutating func name(_ object: ObjectReference, target: Target?) {
        switch object {
        case .domain(let host, let uuid, let name, _):
            self.host = host
            self.uuid = uuid.isEmpty ? nil : uuid
            self.name = name
            // What belongs to a domain is named behind it.
            if let record = target?.record { self.name = "\(name)/\(record.identity.name)" }
        case .host(let host): self.host = host
        case .object(_, let host, let name, let uuid, let parent):
            self.host = host
            self.uuid = uuid
            self.name = parent.map { "\($0)/\(name)" } ?? name
        case .server: break
        }
    }
}

extension Disclosure {
    fileprivate var isPlain: Bool {
        guard case .text(let text) = self else { return false }
        return !text.contains("://")
    }

    fileprivate var text: String {
        switch self {
        case .text(let text): text.contains("://") ? ConnectionURI(text).withoutSecrets : text
        case .digest(let bytes): Digest.summary(of: bytes)
        case .length(let count): "(\(count) bytes)"
        case .secret: "(secret)"
        }
    }
}
