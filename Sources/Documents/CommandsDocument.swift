// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
public import Libvirt
import XML

/// `commands`: the reference of all commands, of those that a search finds, or of one with all that is known of it; or of the functions
/// that are no commands.
public struct CommandsDocument {
    public enum Content {
        case commands([Command])
        case command(Command)
        case missing([(function: Function, reason: String)])
    }

    private let page: Page
    private let content: Content
    private let search: String?

    public init(page: Page, content: Content, search: String? = nil) {
        self.page = page
        self.content = content
        self.search = search
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("commands", [.href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("query") { writer in
                if let search { writer.element("q", text: search) }
                if case .missing = content { writer.element("missing") }
            }
            writer.element("link", [.rel: "missing", .href: "\(Links.commands)?missing"])
            writer.element("total", text: String(count))
            writer.element("offered", text: String(CommandTable.all.count))
            writer.element("functions", text: String(Function.all.count))
            switch content {
            case .commands(let commands): for command in commands { write(command, isDetailed: false, to: &writer) }
            case .command(let command): write(command, isDetailed: true, to: &writer)
            case .missing(let functions): for item in functions { write(item.function, item.reason, to: &writer) }
            }
        }
        return writer.finish()
    }

    private var count: Int {
        switch content {
        case .commands(let commands): commands.count
        case .command: 1
        case .missing(let functions): functions.count
        }
    }

    private func write(_ function: Function, _ reason: String, to writer: inout Writer) {
        writer.element("function", [.name: function.name]) { writer in
            writer.element("summary", text: function.summary)
            writer.element("signature", text: function.signature)
            writer.element("since", text: function.since)
            writer.element("reason", text: reason)
        }
    }

    private func write(_ command: Command, isDetailed: Bool, to writer: inout Writer) {
        let function = command.function
        writer.element("command", [.name: command.name, .href: Links.reference(command.name)]) { writer in
            writer.element("title", text: command.title)
            writer.element("summary", text: function.summary)
            writer.element("object", [.rel: command.object.rawValue])
            writer.element("path", text: command.pathTemplate("<", ">"))
            writer.element("signature", text: function.signature)
            writer.element("since", text: function.since)
            writer.element("method", text: command.isReading ? "GET" : "POST")
            for requirement in command.requirements {
                let given = requirement.flags + requirement.absent.map { "!\($0)" } + requirement.parameters
                writer.element("permission", [.name: given.isEmpty ? nil : given.joined(separator: " ")], text: requirement.permission.description)
            }
            guard isDetailed else { return }
            writer.element("documentation", text: function.documentation)
            writer.element("returns", text: function.returnDocumentation)
            writer.element("parameters") { writer in
                for parameter in command.parameters { Action.write(parameter, values: [], to: &writer) }
            }
            writer.element("example", text: command.example)
        }
    }
}

extension Command {
    /// Its address with the parts that vary between two marks: `/virt/<owner>/<vm>/virDomainCreate`.
    func pathTemplate(_ open: String, _ close: String) -> String {
        func part(_ name: String) -> String { open + name + close }
        let host = "\(Links.hosts)/\(part("host"))"
        let object =
            switch self.object {
            case .connection: host
            case .domain: "\(Links.vms)/\(part("owner"))/\(part("vm"))"
            case .snapshot, .checkpoint: "\(Links.vms)/\(part("owner"))/\(part("vm"))/\(self.object.plural)/\(part("name"))"
            case .port: "\(host)/networks/\(part("network"))/ports/\(part("uuid"))"
            case .volume: "\(host)/pools/\(part("pool"))/volumes/\(part("name"))"
            case .secret: "\(host)/secrets/\(part("uuid"))"
            default: "\(host)/\(self.object.plural)/\(part("name"))"
            }
        return "\(object)/\(name)"
    }

    /// A command line that runs it.
    var example: String {
        let address = "http://127.0.0.1:8080\(pathTemplate("{", "}"))"
        let fields = parameters.filter(\.isRequired).map { "\($0.name)=\($0.sample)" }
        guard !isReading else {
            return "curl '\(address)\(fields.isEmpty ? "" : "?" + fields.joined(separator: "&"))'"
        }
        if let xml = parameters.first(where: { $0.kind == .xml && $0.isRequired }), fields.count == 1 {
            return "curl -H 'Content-Type: application/xml' --data-binary @\(xml.name).xml '\(address)'"
        }
        return "curl \(fields.isEmpty ? "-X POST" : fields.map { "-d '\($0)'" }.joined(separator: " ")) '\(address)'"
    }
}

extension Parameter {
    /// A value that would fit.
    fileprivate var sample: String {
        switch kind {
        case .boolean: "true"
        case .signed(let range): String(max(range.lowerBound, 0))
        case .unsigned(let range): String(max(range.lowerBound, 1))
        case .double: "1.0"
        case .bytes: "c2VjcmV0"
        case .cpus: "0-3,^2"
        case .enumeration, .flags: constants.first?.commonName ?? ""
        case .xml: "..."
        case .string, .host, .list: name.uppercased()
        }
    }
}
