// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
public import Inventory
import Libvirt
public import Operations
import XML

/// One of a host's objects other than a domain: what it is and what may be done with it. The root element is the word for its kind.
public struct ObjectDocument {
    private let page: Page
    private let target: Target
    private let parent: (target: Target, address: String)?
    private let address: String
    private let offer: Offer
    private let users: [(uses: Set<DomainUse>, vm: VM)]
    private let result: Value?

    /// - Parameters:
    ///   - parent: what it belongs to, and its URL; nil if the caller may not see that.
    ///   - address: the object's URL as this page uses it.
    ///   - users: the host's domains with what they use.
    ///   - result: the object's XML; nil if it could not be had.
    public init(
        page: Page, target: Target, parent: (target: Target, address: String)?, address: String, offer: Offer,
        users: [(uses: Set<DomainUse>, vm: VM)], result: Value?
    ) {
        self.page = page
        self.target = target
        self.parent = parent
        self.address = address
        self.offer = offer
        self.users = users
        self.result = result
    }

    /// The local name of the root.
    public var root: String { target.kind.rawValue }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element(root, [.id: target.uuid, .name: target.name, .href: address]) { writer in
            page.write(to: &writer)
            if let parent { Self.writeParent(parent, to: &writer) }
            if let record = target.record { ObjectFields(record, host: target.host, vm: target.vm, users: users).write(to: &writer) }
            Self.writeCollections(offer.collections, at: address, to: &writer)
            Self.writeLinks(offer, of: target, at: address, to: &writer)
            writer.element("actions") { writer in
                for command in offer.commands where !command.isReading {
                    Action(command, on: target, at: address).write(withParameters: true, to: &writer)
                }
            }
            if let result { writer.element("result") { result.write(host: target.host, to: &$0) } }
        }
        return writer.finish()
    }

    static func writeParent(_ parent: (target: Target, address: String), to writer: inout Writer) {
        let (target, address) = parent
        writer.element("object", [.rel: target.kind.rawValue, .id: target.uuid, .name: target.name, .href: address])
    }

    /// What belongs to an object; domains have a list of their own.
    static func writeCollections(_ kinds: [ObjectKind], at address: String, to writer: inout Writer) {
        writer.element("collections") { writer in
            for child in kinds {
                writer.element("link", [.rel: "collection", .name: child.plural, .href: Links.collection(child, of: address)])
            }
        }
    }

    /// The configured XML, the XML to edit, and every reading command.
    static func writeLinks(_ offer: Offer, of target: Target, at address: String, to writer: inout Writer) {
        writer.element("links") { writer in
            if let xml = EditableXML(target.kind), offer.commands.contains(where: { $0.name == xml.description }) {
                let href = Links.command(xml.description, of: address)
                if let flag = xml.configured {
                    writer.element("link", [.rel: "configuration", .name: flag, .href: "\(href)?flags=\(flag)"])
                }
                if offer.editsXML {
                    writer.element("link", [.rel: "edit", .name: xml.define, .href: xml.flags.isEmpty ? href : "\(href)?\(xml.query)"])
                }
            }
            for command in offer.commands where command.isReading {
                writer.element(
                    "link", [.rel: "command", .name: command.name, .href: Links.command(command.name, of: address)], text: command.function.summary)
            }
        }
    }
}
