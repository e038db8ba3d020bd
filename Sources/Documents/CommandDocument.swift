// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// `command`: a command's form on one object and, once it was run, what it returned.
public struct CommandDocument {
    private let page: Page
    private let command: Command
    private let target: Target
    private let address: String
    private let action: Action
    private let result: Value?
    private let edit: Action?

    /// - Parameters:
    ///   - address: the object's URL as this page uses it.
    ///   - result: nil if the command was not run: its form is shown.
    ///   - edit: the form that writes the XML of the result back, changed.
    public init(page: Page, command: Command, target: Target, address: String, action: Action, result: Value?, edit: Action? = nil) {
        self.page = page
        self.command = command
        self.target = target
        self.address = address
        self.action = action
        self.result = result
        self.edit = edit
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("command", [.name: command.name, .href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("title", text: command.title)
            writer.element("summary", text: command.function.summary)
            writer.element("object", [.rel: target.kind.rawValue, .id: target.uuid, .name: target.name, .href: address])
            action.write(withParameters: true, to: &writer)
            if let result {
                writer.element("outcome", text: "ok")
                writer.element("result") { result.write(host: target.host, to: &$0) }
                if let edit { writer.element("edit") { edit.write(withParameters: true, to: &$0) } }
            }
        }
        return writer.finish()
    }
}
