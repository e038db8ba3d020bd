// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Cluster
import Commands
import Documents
import Inventory
import Libvirt
import Operations

extension WebResponder {
    /// The one domain that an address means, or the answer that lists several.
    private enum Found {
        case one(VM, address: String)
        case several([VM])
    }

    private func find(_ address: Resource.DomainAddress, _ asked: AskedRequest) async throws -> Found {
        switch address {
        case .owner(let owner, let key):
            let vms = try await operations.candidates(key, owner: owner, for: asked.caller)
            return vms.count == 1 ? .one(vms[0], address: Links.vm(vms[0])) : .several(vms)
        case .host(let host, let uuid):
            let vm = try await operations.vm(uuid: uuid, host: host, for: asked.caller)
            return .one(vm, address: Links.domain(uuid: vm.record.uuid.description, host: vm.host))
        }
    }

    /// Several domains bear the name: 300 with all of them, or 409 for a POST, which must not guess.
    private func ambiguous(_ vms: [VM], _ asked: AskedRequest) throws -> Answer {
        guard !asked.isPost else {
            throw Fault(409, "\(vms.count) virtual machines bear this name, so nothing was done.", advice: "Use the UUID of the one that is meant.")
        }
        return list(vms, query: try VMQuery([]), owner: nil, hosts: [], status: 300, asked)
    }

    func vm(_ address: Resource.DomainAddress, _ asked: AskedRequest) async throws -> Answer {
        try admitQuery([], asked)
        switch try await find(address, asked) {
        case .several(let vms): return try ambiguous(vms, asked)
        case .one(let vm, let address):
            var result: Value?
            if let command = CommandTable.command("virDomainGetXMLDesc"), vm.age == nil {
                do {
                    result = try await operations.run(command, on: vm, with: Arguments([], for: command), for: asked.caller)
                } catch let failure as Failure where failure.kind == .hypervisor {
                    result = nil  // libvirt wrote what is no XML: the rest of the page stands
                }
            }
            let document = VMDocument(
                page: page(for: asked, up: Links.vms), vm: vm, address: address,
                actions: operations.actions(on: vm, for: asked.caller), result: result)
            return .document(document.bytes, root: "vm")
        }
    }

    func vmCommand(_ address: Resource.DomainAddress, name: String, _ asked: AskedRequest) async throws -> Answer {
        let command = try command(name, in: CommandTable.domain)
        switch try await find(address, asked) {
        case .several(let vms): return try ambiguous(vms, asked)
        case .one(let vm, let address): return try await run(command, on: vm, at: address, asked)
        }
    }

    private func run(_ command: Command, on vm: VM, at address: String, _ asked: AskedRequest) async throws -> Answer {
        try operations.admit(command, on: vm.reference, for: asked.caller)
        let given = try given(for: command, asked)
        guard let arguments = try arguments(given, for: command, asked) else {
            return document(command, vm: vm, address: address, given: given, result: nil, asked)
        }
        let result = try await operations.run(command, on: vm, with: arguments, for: asked.caller)
        guard asked.isPost, asked.isBrowser, !command.isReading else {
            return document(command, vm: vm, address: address, given: given, result: result, asked)
        }
        let isThere = (try? await operations.vm(uuid: vm.record.uuid.description, host: vm.host, for: asked.caller)) != nil
        return .redirect(isThere ? address : Links.vms)
    }

    private func document(
        _ command: Command, vm: VM, address: String, given: [RequestForm.Field], result: Value?, _ asked: AskedRequest
    ) -> Answer {
        let obstacle = command.obstacle(in: vm.record.state, isPersistent: vm.record.isPersistent)
        let action = Action(command, on: vm, at: address, obstacle: obstacle, given: given)
        let document = CommandDocument(
            page: page(for: asked, up: address), command: command, object: .vm(vm, address: address), action: action, result: result)
        return .document(document.bytes, root: "command")
    }

    func hostCommand(_ host: String, name: String, _ asked: AskedRequest) async throws -> Answer {
        let command = try command(name, in: CommandTable.host)
        guard operations.cluster.host(named: host) != nil else { throw operations.noHost(host) }
        try operations.admit(command, on: .host(host), for: asked.caller)
        let given = try given(for: command, asked)
        guard let arguments = try arguments(given, for: command, asked) else {
            return document(command, host: host, given: given, result: nil, asked)
        }
        var result = try await operations.run(command, onHost: host, with: arguments, for: asked.caller)
        if case .domain(let identity) = result {
            let vm = try? await operations.vm(uuid: identity.uuid, host: host, for: asked.caller)
            result = .domain(DomainIdentity(uuid: identity.uuid, name: identity.name, owner: vm?.record.owner))
            if asked.isBrowser { return .redirect(vm.map { Links.vm($0) } ?? Links.vms) }
        }
        return document(command, host: host, given: given, result: result, asked)
    }

    private func document(_ command: Command, host: String, given: [RequestForm.Field], result: Value?, _ asked: AskedRequest) -> Answer {
        let action = Action(command, onHost: host, given: given)
        let document = CommandDocument(page: page(for: asked), command: command, object: .host(host), action: action, result: result)
        return .document(document.bytes, root: "command")
    }

    /// The parameters as they were written: the query's, and a POST's body.
    private func given(for command: Command, _ asked: AskedRequest) throws -> [RequestForm.Field] {
        let query = asked.target.query.filter { $0.name != "view" }.map { (name: $0.name, text: $0.value) }
        guard asked.isPost else { return query }
        return query + (try RequestForm(limit: configuration.bodyLimit, body: asked.body).fields(of: asked.request, for: command))
    }

    /// What to run the command with, or nil if its form is to be shown. A POST runs it. A GET runs one that reads, unless it needs
    /// parameters and has none; what asks for more than reading it never runs, however it is called.
    private func arguments(_ given: [RequestForm.Field], for command: Command, _ asked: AskedRequest) throws -> Arguments? {
        let isForm = !command.isReading || (given.isEmpty && command.parameters.contains(where: \.isRequired))
        guard asked.isPost || !isForm else {
            try admitQuery(Set(command.parameters.map(\.name)), asked)
            return nil
        }
        let arguments = try Arguments(given, for: command)
        guard asked.isPost || command.permissions(for: arguments).allSatisfy(\.isReading) else {
            throw Fault(405, "With these flags \(command.name) asks for more than reading, so it is run by POST only.", methods: ["POST"])
        }
        return arguments
    }
}
