// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// One command as it may be run on one object: its form.
public struct Action {
    let command: Command
    let href: String
    let obstacle: String?
    /// What the form starts with, by parameter.
    let values: [String: [String]]

    /// A command of a domain. `object`: the domain's address as the page uses it.
    public init(_ command: Command, on vm: VM, at object: String, obstacle: String?, given: [(name: String, text: String)] = []) {
        self.command = command
        self.href = Links.command(command.name, of: object)
        self.obstacle = obstacle
        values = given.isEmpty ? Self.current(vm) : Self.grouped(given)
    }

    /// A command of a host.
    public init(_ command: Command, onHost name: String, given: [(name: String, text: String)] = []) {
        self.command = command
        self.href = Links.command(command.name, of: Links.host(name))
        self.obstacle = nil
        values = Self.grouped(given)
    }

    private static func grouped(_ given: [(name: String, text: String)]) -> [String: [String]] {
        Dictionary(given.map { ($0.name, [$0.text]) }, uniquingKeysWith: +)
    }

    /// What the domain has now, under the names of the arguments that would change it.
    private static func current(_ vm: VM) -> [String: [String]] {
        [
            "memory": [String(vm.record.memory)], "nvcpus": [String(vm.record.vcpus)],
            "autostart": [String(vm.record.autostart)],
        ]
    }

    func write(withParameters: Bool, to writer: inout Writer) {
        writer.element("action", [.rel: command.role.rawValue, .name: command.name, .href: href]) { writer in
            writer.element("title", text: command.title)
            writer.element("method", text: command.isReading ? "GET" : "POST")
            for permission in command.permissions { writer.element("permission", text: permission.description) }
            if let obstacle { writer.element("obstacle", text: obstacle) }
            if let warning = command.warning { writer.element("warning", text: warning) }
            guard withParameters else { return }
            writer.element("parameters") { writer in
                for parameter in command.parameters { Self.write(parameter, values: values[parameter.name] ?? [], to: &writer) }
            }
        }
    }

    static func write(_ parameter: Parameter, values: [String], to writer: inout Writer) {
        writer.element("parameter", [.name: parameter.name, .unit: parameter.unit?.rawValue]) { writer in
            writer.element("type", text: parameter.kind.name)
            writer.element("required", text: String(parameter.isRequired))
            if case .flags = parameter.kind { writer.element("repeatable", text: "true") }
            writer.element("documentation", text: parameter.documentation)
            for constant in parameter.constants { writer.element("constant", [.name: constant.commonName], text: constant.documentation) }
            switch parameter.kind {
            case .signed(let range):
                writer.element("minimum", text: String(range.lowerBound))
                writer.element("maximum", text: String(range.upperBound))
            case .unsigned(let range):
                writer.element("minimum", text: String(range.lowerBound))
                writer.element("maximum", text: String(range.upperBound))
            default: break
            }
            for value in values { writer.element("value", text: value) }
        }
    }
}
