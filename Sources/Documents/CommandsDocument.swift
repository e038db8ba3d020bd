// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
import Libvirt
import XML

/// `commands`: the reference of all commands, or of one with its parameters.
public struct CommandsDocument {
    private let page: Page
    private let commands: [Command]
    private let isDetailed: Bool

    public init(page: Page, commands: [Command], isDetailed: Bool) {
        self.page = page
        self.commands = commands
        self.isDetailed = isDetailed
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("commands", [.href: page.href]) { writer in
            page.write(to: &writer)
            for command in commands { write(command, to: &writer) }
        }
        return writer.finish()
    }

    private func write(_ command: Command, to writer: inout Writer) {
        let (object, path) =
            switch command.call {
            case .domain: ("domain", "/virt/<owner>/<vm>/\(command.name)")
            case .host: ("host", "/hosts/<host>/\(command.name)")
            }
        writer.element("command", [.name: command.name, .href: Links.reference(command.name)]) { writer in
            writer.element("title", text: command.title)
            writer.element("summary", text: command.function.summary)
            writer.element("object", [.rel: object])
            writer.element("path", text: path)
            writer.element("signature", text: command.function.signature)
            writer.element("method", text: command.isReading ? "GET" : "POST")
            for requirement in command.requirements {
                let flags = requirement.isConstant ? nil : (requirement.flags + requirement.absent.map { "!\($0)" }).joined(separator: " ")
                writer.element("permission", [.name: flags], text: requirement.permission.description)
            }
            guard isDetailed else { return }
            writer.element("parameters") { writer in
                for parameter in command.parameters { Action.write(parameter, values: [], to: &writer) }
            }
        }
    }
}
