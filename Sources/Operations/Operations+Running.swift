// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
public import Commands
import Inventory
import Libvirt
import XML

extension Operations {
    /// Runs a command on a domain. Asks the gate first: who is refused reaches no libvirt. Throws a `Failure` that says what
    /// became of it.
    public func run(
        _ command: Command, on vm: VM, with arguments: Arguments, for caller: Caller
    ) async throws(Failure) -> Value {
        guard case .domain(let call) = command.call, let host = cluster.host(named: vm.host) else { throw noHost(vm.host) }
        try admit(command, on: vm.reference, with: arguments, for: caller)
        let uuid = vm.record.uuid
        do {
            return try await perform(command, on: host) { connection in
                var result: Result<Value, CommandError>?
                try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in
                    do throws(CommandError) { result = .success(try call(domain, arguments)) } catch { result = .failure(error) }
                }
                guard let result else { return .none }
                return try result.get()
            }
        } catch {
            throw await explained(Failure(error, host: host.name, isReading: command.isReading), of: command, on: uuid, host: host)
        }
    }

    /// Runs a command on a host.
    public func run(
        _ command: Command, onHost name: String, with arguments: Arguments, for caller: Caller
    ) async throws(Failure) -> Value {
        guard case .host(let call) = command.call, let host = cluster.host(named: name) else { throw noHost(name) }
        try admit(command, on: .host(name), with: arguments, for: caller)
        do {
            return try await perform(command, on: host) { try call($0, arguments) }
        } catch {
            var failure = Failure(error, host: host.name, isReading: command.isReading)
            if failure.kind == .hypervisor, command.onlyStores { failure = failure.asUnprocessable }
            if !command.isReading, failure.outcome == nil { failure.outcome = .failed }
            throw failure
        }
    }

    /// Throws unless the caller may run the command at all, whatever its flags: before its form is shown.
    public func admit(_ command: Command, on object: ObjectReference, for caller: Caller) throws(Failure) {
        try admit(command.permissions, on: object, for: caller)
    }

    private func admit(_ permissions: [Permission], on object: ObjectReference, for caller: Caller) throws(Failure) {
        guard case .denied(let reason) = gate.decide(caller, permissions, object) else { return }
        throw Failure(.denied, reason, advice: "Ask whoever runs this server for the permission.")
    }

    /// Throws unless the caller may run the command as it is called, and the XML that it carries is fit for libvirt.
    private func admit(
        _ command: Command, on object: ObjectReference, with arguments: Arguments, for caller: Caller
    ) throws(Failure) {
        try admit(command.permissions(for: arguments), on: object, for: caller)
        guard let xml = arguments.xml(of: command) else { return }
        try DomainXMLCheck.admit(xml)
    }

    private func perform(
        _ command: Command, on host: Host, _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        command.isReading ? try await host.read(body) : try await host.act(body)
    }

    /// libvirt says of a domain in the wrong state only that something failed. So the state is read, and if it excludes the
    /// command that is what the caller is told.
    private func explained(_ failure: Failure, of command: Command, on uuid: UUID, host: Host) async -> Failure {
        var failure = failure
        guard !command.isReading || command.states != nil else { return failure }
        if !command.isReading, failure.outcome == nil { failure.outcome = .failed }
        guard let code = failure.libvirt?.code, code == .internalError || code == .operationInvalid else { return failure }
        let record = try? await host.lookUp { connection in
            try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in try DomainRecord(domain) }
        }
        guard let record, let obstacle = command.obstacle(in: record.state, isPersistent: record.isPersistent) else { return failure }
        var conflict = Failure(.conflict, "\(obstacle) \(failure.message)", host: failure.host)
        conflict.advice = "\(command.title) is not for a domain in this state."
        conflict.libvirt = failure.libvirt
        conflict.outcome = failure.outcome
        conflict.state = record.state
        return conflict
    }
}
