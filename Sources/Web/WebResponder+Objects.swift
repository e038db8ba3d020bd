// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Cluster
import Commands
import Documents
import Inventory
import Libvirt
import Operations
import Settings
import XML

extension WebResponder {
    /// An object that was found, with the address that its page uses; or the answer instead of it.
    private enum Found {
        case one(Target, address: String)
        case instead(Answer)
    }

    /// - Parameter command: what is to be run on it.
    private func find(_ address: Resource.ObjectAddress, _ asked: AskedRequest, running command: Command? = nil) async throws -> Found {
        let path = ObjectPath(address.steps)
        switch address.base {
        case .host(let host):
            guard !address.steps.isEmpty else {
                return .one(try operations.target(host: host, for: asked.caller), address: Links.host(host))
            }
            let target = try await operations.object(at: path, host: host, for: asked.caller, running: command)
            return .one(target, address: Links.object(target.path, host: host))
        case .domain(let domain):
            switch try await self.domain(domain, asked) {
            case .several(let answer): return .instead(answer)
            case .one(let vm, let address):
                let target = Target(vm: vm)
                guard !path.steps.isEmpty else { return .one(target, address: address) }
                let own = ObjectPath(target.path.steps + path.steps)
                return .one(
                    try await operations.object(at: own, host: vm.host, vm: vm, for: asked.caller, running: command),
                    address: Links.object(path, under: address))
            }
        }
    }

    /// The page of a host, a domain or what belongs to one.
    func object(_ address: Resource.ObjectAddress, _ asked: AskedRequest) async throws -> Answer {
        try admitQuery([], asked)
        let target: Target, own: String
        switch try await find(address, asked) {
        case .instead(let answer): return answer
        case .one(let found, let address): (target, own) = (found, address)
        }
        if target.isDomain, let vm = target.vm { return try await self.vm(vm, at: own, asked) }
        guard let record = target.record else { return try await host(target.host, asked) }
        let document = ObjectDocument(
            page: page(for: asked), target: target, parent: try await parent(of: address, asked), address: own, offer: offer(on: target, asked),
            users: operations.users(of: [record], on: target.host, for: asked.caller),
            result: try await description(of: target, asked))
        return .document(document.bytes, root: document.root)
    }

    private func host(_ name: String, _ asked: AskedRequest) async throws -> Answer {
        let host = try operations.host(named: name, for: asked.caller)
        let offer = offer(on: Target(host: host.name), asked)
        return .document(HostDocument(page: page(for: asked), host: host, offer: offer).bytes, root: "host")
    }

    /// What an object belongs to, with its address; nil if the caller may not see that.
    private func parent(of address: Resource.ObjectAddress, _ asked: AskedRequest) async throws -> (target: Target, address: String)? {
        var outer = address
        outer.steps.removeLast()
        do {
            guard case .one(let target, let own) = try await find(outer, asked) else { return nil }
            return (target, own)
        } catch let failure as Failure where failure.kind == .notFound {
            return nil
        }
    }

    /// The list of the objects of a kind that belong to something.
    func objects(_ kind: ObjectKind, of address: Resource.ObjectAddress, _ asked: AskedRequest) async throws -> Answer {
        let query = try ObjectQuery(asked.target.query, defaultMaximum: asked.view == .html || asked.view == .raw ? 100 : nil)
        let place: Target, own: String
        switch try await find(address, asked) {
        case .instead(let answer): return answer
        case .one(let found, let address): (place, own) = (found, address)
        }
        let records = try await operations.objects(kind, of: place, for: asked.caller)
        let making = operations.actions(CommandTable.making(kind, from: place.kind), on: place, for: asked.caller)
        let document = ObjectsDocument(
            page: page(for: asked, up: own, isList: true), kind: kind, list: ObjectList(records, query: query), place: (place, own),
            actions: making.map { Action($0, on: place, at: own) }, users: operations.users(of: records, on: place.host, for: asked.caller))
        return .document(document.bytes, root: document.root)
    }

    /// A command on an object: its form, or what it did.
    func command(_ name: String, on address: Resource.ObjectAddress, _ asked: AskedRequest) async throws -> Answer {
        let command = try command(name, in: CommandTable.commands(of: address.kind))
        switch try await find(address, asked, running: command) {
        case .instead(let answer): return answer
        case .one(let target, let own): return try await run(command, on: target, at: own, asked)
        }
    }

    private func run(_ command: Command, on target: Target, at address: String, _ asked: AskedRequest) async throws -> Answer {
        try operations.admit(command, on: target.reference, name: target.name, for: asked.caller)
        let content = try content(for: command, asked)
        guard let arguments = try arguments(content, for: command, asked) else {
            let needsPost = asked.isBrowser && !content.fields.isEmpty ? true : nil
            return document(command, on: target, at: address, content.fields, result: nil, isPost: needsPost, asked)
        }
        let result = try await operations.run(command, on: target, with: arguments, for: asked.caller)
        if case .bytes(let bytes) = result, asked.wantsBytes { return .file(bytes, contentType: "application/octet-stream") }
        guard asked.isPost, asked.isBrowser, !command.isReading, result == .none || !result.objects.isEmpty else {
            return document(command, on: target, at: address, content.fields, result: result, isPost: asked.isPost ? true : nil, asked)
        }
        if case .object(let link) = result {
            return .redirect(Links.object(link.identity.path, host: arguments.hosts["dconn"] ?? target.host, owner: link.owner))
        }
        return .redirect(await isThere(target, asked) ? address : list(of: target, at: address))
    }

    /// Whether the object is still there after a command.
    private func isThere(_ target: Target, _ asked: AskedRequest) async -> Bool {
        if target.isDomain, let vm = target.vm {
            // A domain that was migrated is found at its own address still.
            let key = vm.record.uuid.description
            if vm.standing == .chosen { return (try? await operations.candidates(key, for: asked.caller)) != nil }
            return (try? await operations.vm(uuid: key, host: vm.host, for: asked.caller)) != nil
        }
        guard target.record != nil else { return true }
        return (try? await operations.object(at: target.path, host: target.host, vm: target.vm, for: asked.caller)) != nil
    }

    /// The list that an object was in.
    private func list(of target: Target, at address: String) -> String {
        target.isDomain ? Links.vms : String(address[..<(address.lastIndex(of: "/") ?? address.endIndex)])
    }

    private func document(
        _ command: Command, on target: Target, at address: String, _ given: [RequestForm.Field], result: Value?, isPost: Bool?, _ asked: AskedRequest
    ) -> Answer {
        let hosts = operations.hostNames(for: asked.caller)
        let offered = operations.offered(command, on: target.reference, for: asked.caller)
        let shown = given.filter { command.shows($0.name, hasRun: result != nil) }
        let action = Action(offered, on: target, at: address, hosts: hosts, given: shown, isPost: isPost)
        let document = CommandDocument(
            page: page(for: asked, up: address), command: command, target: target, address: address, action: action, result: result,
            edit: result.flatMap { edit($0, of: command, on: target, given, asked) })
        return .document(document.bytes, root: "command")
    }

    /// The form that writes the XML back which a command gave, where that is fit for it.
    private func edit(_ result: Value, of command: Command, on target: Target, _ given: [RequestForm.Field], _ asked: AskedRequest) -> Action? {
        guard let xml = EditableXML(target.kind), xml.isReady(command, given: given), case .xml(let fragment) = result,
            let define = CommandTable.command(xml.define), let parameter = define.parameters.first(where: { $0.kind == .xml }),
            operations.mayRun(define, on: target.reference, for: asked.caller)
        else { return nil }
        return Action(define, on: Target(host: target.host), at: Links.host(target.host), given: [(parameter.name, fragment.text)])
    }

    /// The parameters as they were written: the query's, and a POST's body.
    private func content(for command: Command, _ asked: AskedRequest) throws -> RequestForm.Content {
        let query = asked.target.query.filter { $0.name != "view" }.map { (name: $0.name, text: $0.value) }
        guard asked.isPost else { return RequestForm.Content(fields: query) }
        var content = try RequestForm(limits: settings.limits, body: asked.body).content(
            of: asked.request, for: command.name, command.parameters)
        content.fields = query + content.fields
        return content
    }

    /// What to run the command with, or nil if its form is to be shown. A POST runs it. A GET runs one that reads, unless it needs
    /// parameters and has none; what asks for more than reading it never runs, however it is called.
    private func arguments(_ content: RequestForm.Content, for command: Command, _ asked: AskedRequest) throws -> Arguments? {
        let isForm = !command.isReading || (content.fields.isEmpty && command.parameters.contains(where: \.isRequired))
        guard asked.isPost || !isForm else {
            try admitQuery(Set(command.parameters.map(\.name)), asked)
            return nil
        }
        let arguments = try Arguments(content.fields, raw: content.raw, for: command)
        guard asked.isPost || command.permissions(for: arguments).allSatisfy(\.isReading) else {
            if asked.isBrowser { return nil }
            throw Fault(405, "With these flags \(command.name) asks for more than reading, so it is run by POST only.", methods: ["POST"])
        }
        return arguments
    }
}
