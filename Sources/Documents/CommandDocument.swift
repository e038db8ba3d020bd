// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// `command`: a command's form on one object and, once it was run, what it returned.
public struct CommandDocument {
    /// What the command is run on.
    public enum Object {
        case vm(VM, address: String)
        case host(String)
    }

    private let page: Page
    private let command: Command
    private let object: Object
    private let action: Action
    private let result: Value?

    /// - Parameter result: nil if the command was not run: its form is shown.
    public init(page: Page, command: Command, object: Object, action: Action, result: Value?) {
        self.page = page
        self.command = command
        self.object = object
        self.action = action
        self.result = result
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("command", [.name: command.name, .href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("title", text: command.title)
            writer.element("summary", text: command.function.summary)
            switch object {
            case .vm(let vm, let address):
                writer.element(
                    "object", [.rel: "domain", .id: vm.record.uuid.description, .name: vm.record.name, .href: address])
            case .host(let name): writer.element("object", [.rel: "host", .name: name, .href: Links.host(name)])
            }
            action.write(withParameters: true, to: &writer)
            if let result {
                writer.element("outcome", text: "ok")
                writer.element("result") { result.write(to: &$0) }
            }
        }
        return writer.finish()
    }
}
