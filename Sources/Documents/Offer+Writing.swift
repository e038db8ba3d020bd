// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Commands
import Libvirt
import Operations
import XML

extension Offer {
    /// Writes what belongs to an object, what may be read of it and what may be done with it, as the page at `address` has it.
    func write(on target: Target, at address: String, to writer: inout Writer) {
        writer.element("collections") { writer in
            for child in collections {
                writer.element("link", [.rel: "collection", .name: child.plural, .href: Links.collection(child, of: address)])
            }
        }
        writer.element("links") { writer in
            writeXML(of: target.kind, at: address, to: &writer)
            for command in commands where command.isReading {
                writer.element(
                    "link", [.rel: "command", .name: command.name, .href: Links.command(command.name, of: address)], text: command.function.summary)
            }
        }
        writer.element("actions") { writer in
            if changesOwner, let vm = target.vm { OwnerDocument.writeAction(on: vm, at: address, to: &writer) }
            for command in commands where !command.isReading { Action(command, on: target, at: address).write(withParameters: true, to: &writer) }
        }
    }

    /// The configured XML, and the XML to edit.
    private func writeXML(of kind: ObjectKind, at address: String, to writer: inout Writer) {
        guard let xml = EditableXML(kind), commands.contains(where: { $0.name == xml.description }) else { return }
        let href = Links.command(xml.description, of: address)
        if let flag = xml.configured { writer.element("link", [.rel: "configuration", .name: flag, .href: "\(href)?flags=\(flag)"]) }
        if editsXML { writer.element("link", [.rel: "edit", .name: xml.define, .href: xml.flags.isEmpty ? href : "\(href)?\(xml.query)"]) }
    }
}
