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
    private var values: [String: [String]]
    /// The names that a parameter which is a host may have.
    private let hosts: [String]
    private let isPost: Bool

    /// - Parameters:
    ///   - address: the object's address as the page uses it.
    ///   - hosts: the names of all joined hosts.
    ///   - given: what the caller wrote; if nothing, the form starts with what the object has now.
    ///   - isPost: whether it is run by POST although it may be a read; nil: as the command is.
    public init(
        _ command: Command, on target: Target, at address: String, hosts: [String] = [], given: [(name: String, text: String)] = [],
        isPost: Bool? = nil
    ) {
        self.command = command
        href = Links.command(command.name, of: address)
        obstacle = target.obstacle(to: command)
        self.hosts = hosts
        self.isPost = isPost ?? !command.isReading
        values = given.isEmpty ? Self.current(target, command) : Dictionary(given.map { ($0.name, [$0.text]) }, uniquingKeysWith: +)
    }

    /// What the object has now, under the names of the arguments that would change it, and the flags that people usually mean.
    private static func current(_ target: Target, _ command: Command) -> [String: [String]] {
        var values: [String: [String]] = [:]
        if target.isDomain, let record = target.vm?.record {
            values = ["memory": [String(record.memory)], "nvcpus": [String(record.vcpus)], "autostart": [String(record.autostart)]]
        } else if case .truth(let autostart?)? = target.record?.fields.first(where: { $0.name == "autostart" })?.value {
            values["autostart"] = [String(autostart)]
        }
        if let usual = target.usualFlags(of: command) { values["flags"] = usual }
        return values
    }

    func write(withParameters: Bool, to writer: inout Writer) {
        writer.element("action", [.rel: command.role.rawValue, .name: command.name, .href: href]) { writer in
            writer.element("title", text: command.title)
            writer.element("method", text: isPost ? "POST" : "GET")
            for permission in command.permissions { writer.element("permission", text: permission.description) }
            if let obstacle { writer.element("obstacle", text: obstacle) }
            if let warning = command.warning { writer.element("warning", text: warning) }
            guard withParameters else { return }
            writer.element("parameters") { writer in
                for parameter in command.parameters {
                    Self.write(parameter, values: values[parameter.name] ?? [], hosts: hosts, to: &writer)
                }
            }
        }
    }

    static func write(_ parameter: Parameter, values: [String], hosts: [String] = [], to writer: inout Writer) {
        writer.element("parameter", [.name: parameter.name, .unit: parameter.unit?.rawValue]) { writer in
            writer.element("type", text: parameter.kind.name)
            writer.element("required", text: String(parameter.isRequired))
            if parameter.isRepeatable { writer.element("repeatable", text: "true") }
            if let typed = parameter.typed { writer.element("argument", text: typed.argument) }
            writer.element("documentation", text: parameter.documentation)
            for constant in parameter.constants { writer.element("constant", [.name: constant.commonName], text: constant.documentation) }
            if parameter.kind == .host {
                for host in hosts { writer.element("constant", [.name: host], text: "") }
            }
            writeRange(parameter.kind, to: &writer)
            for value in values { writer.element("value", text: value) }
        }
    }

    private static func writeRange(_ kind: Parameter.Kind, to writer: inout Writer) {
        switch kind {
        case .signed(let range):
            writer.element("minimum", text: String(range.lowerBound))
            writer.element("maximum", text: String(range.upperBound))
        case .unsigned(let range):
            writer.element("minimum", text: String(range.lowerBound))
            writer.element("maximum", text: String(range.upperBound))
        case .list(let item): writeRange(item, to: &writer)
        default: break
        }
    }
}
