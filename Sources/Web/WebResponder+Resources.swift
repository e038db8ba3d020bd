// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Commands
import Documents
import Libvirt
import Operations
import Settings

extension WebResponder {
    /// Lets the resource answer. Throws a `Fault`, a `Failure` or an `ArgumentError`.
    func answer(_ asked: AskedRequest) async throws -> Answer {
        switch asked.resource {
        case .root: return .redirect(Links.vms, status: 302)
        case .vms(let owner): return try await vms(owner: owner, asked)
        case .hosts:
            try admitQuery([], asked)
            let page = page(for: asked, isList: true)
            let document = HostsDocument(page: page, hosts: operations.hosts(for: asked.caller), announced: operations.announced(for: asked.caller))
            return .document(document.bytes, root: "hosts")
        case .object(let address): return try await object(address, asked)
        case .objects(let kind, let address): return try await objects(kind, of: address, asked)
        case .command(let name, let address): return try await command(name, on: address, asked)
        case .owner(let address): return try await owner(of: address, asked)
        case .commands: return try commands(asked)
        case .commandReference(let name):
            try admitQuery([], asked)
            let command = try command(name, in: CommandTable.all)
            return .document(CommandsDocument(page: page(for: asked), content: .command(command)).bytes, root: "commands")
        case .openAPI:
            try admitQuery([], asked)
            return .file(Self.openAPI, contentType: "application/json")
        case .settings: return try settings(asked)
        case .login: return try await login(asked)
        case .logout: return try await logout(asked)
        case .audit: return try self.audit(asked)
        case .health: return try health(asked)
        case .metrics: return try await metrics(asked)
        case .stylesheet(let segments): return try await assets.stylesheet(segments)
        case .publicFile(let segments): return try await assets.publicFile(segments)
        }
    }

    private static let openAPI = OpenAPI(commands: CommandTable.all).bytes

    /// The reference: all commands, those that a search finds, or with `?missing` the functions that are no commands.
    private func commands(_ asked: AskedRequest) throws -> Answer {
        try admitQuery(["q", "missing"], asked)
        let search = asked.target.query("q").flatMap { $0.isEmpty ? nil : $0 }
        func matches(_ texts: [String]) -> Bool {
            guard let search = search?.lowercased() else { return true }
            return texts.contains { $0.lowercased().contains(search) }
        }
        let content: CommandsDocument.Content =
            asked.target.query("missing") == nil
            ? .commands(CommandTable.all.filter { matches([$0.name, $0.title, $0.function.documentation] + $0.permissions.map(\.description)) })
            : .missing(CommandTable.missing.filter { matches([$0.function.name, $0.function.documentation]) })
        return .document(CommandsDocument(page: page(for: asked), content: content, search: search).bytes, root: "commands")
    }

    func page(for asked: AskedRequest, up: String? = nil, isList: Bool = false) -> Page {
        Page(
            target: asked.target, up: up ?? AskedRequest.parent(of: asked.target), isList: isList,
            in: surroundings(for: asked.sender, isPublic: asked.resource.isPublic))
    }

    func command(_ name: String, in table: [Command]) throws(Fault) -> Command {
        if let command = CommandTable.command(name), table.contains(where: { $0.name == command.name }) { return command }
        throw Fault(404, "There is no command \u{201C}\(name)\u{201D} here.", advice: "The reference of commands shows those that there are.")
    }

    /// Throws unless the query holds only items of these names, and `view`.
    func admitQuery(_ names: Set<String>, _ asked: AskedRequest) throws(ArgumentError) {
        for item in asked.target.query where item.name != "view" && !names.contains(item.name) {
            throw ArgumentError(parameter: item.name, message: "This address has no parameter of that name.")
        }
    }

    private func vms(owner: String?, _ asked: AskedRequest) async throws -> Answer {
        let query = try VMQuery(asked.target.query, defaultMaximum: asked.view == .html || asked.view == .raw ? 100 : nil)
        let (all, hosts) = operations.vms(for: asked.caller, withUsage: query.withUsage)
        let vms = owner.map { owner in all.filter { $0.owner.utf8.elementsEqual(owner.utf8) } } ?? all
        // Whose domains one may not see, of him one does not learn whether there are any.
        if let owner, vms.isEmpty, operations.gate.visibility == .owner, asked.caller.name.map({ !$0.utf8.elementsEqual(owner.utf8) }) ?? true {
            throw Fault(404, "There is no owner \u{201C}\(owner)\u{201D} here.", advice: "The list of virtual machines is a place to start from.")
        }
        return list(vms, query: query, owner: owner, hosts: hosts, asked)
    }

    /// The candidates of an ambiguous name, or a list.
    func list(_ vms: [VM], query: VMQuery, owner: String?, hosts: [HostView], status: Int = 200, _ asked: AskedRequest) -> Answer {
        let define = CommandTable.command("virDomainDefineXML")
        let creating = hosts.filter { $0.failure == nil }.compactMap { host in
            define.flatMap { define in
                operations.gate.decide(asked.caller, define.permissions, host.reference).isAllowed ? (host: host.name, command: define.name) : nil
            }
        }
        let rowCommands = CommandTable.commands(of: .domain).filter { $0.role == .primary || $0.role == .secondary }
        let document = VMsDocument(
            page: page(for: asked, isList: true), list: VMList(vms, query: query), owner: owner,
            unreachable: hosts.filter { $0.failure != nil },
            creating: creating,
            actions: { vm in
                let target = Target(vm: vm)
                return operations.actions(rowCommands, on: target, for: asked.caller).map { Action($0, on: target, at: Links.vm(vm)) }
            })
        return .document(document.bytes, root: "vms", status: status)
    }
}
