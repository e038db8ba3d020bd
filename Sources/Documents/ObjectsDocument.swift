// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
public import Inventory
public import Libvirt
public import Operations
import XML

/// A list of objects of one kind. The root element is the plural of the word for the kind.
public struct ObjectsDocument {
    private let page: Page
    private let kind: ObjectKind
    private let list: ObjectList
    private let place: (target: Target, address: String)
    private let actions: [Action]
    private let users: [(uses: Set<DomainUse>, vm: VM)]

    /// - Parameters:
    ///   - place: what the objects belong to, and its URL.
    ///   - actions: what makes such an object.
    ///   - users: the host's domains with what they use.
    public init(
        page: Page, kind: ObjectKind, list: ObjectList, place: (target: Target, address: String), actions: [Action],
        users: [(uses: Set<DomainUse>, vm: VM)]
    ) {
        self.page = page
        self.kind = kind
        self.list = list
        self.place = place
        self.actions = actions
        self.users = users
    }

    /// The local name of the root.
    public var root: String { kind.plural }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element(root, [.href: page.href]) { writer in
            page.write(to: &writer)
            ObjectDocument.writeParent(place, to: &writer)
            writer.element("query") { writer in
                if let maximum = list.query.maximum { writer.element("max", text: String(maximum)) }
                if let from = list.query.from { writer.element("from", text: from) }
            }
            writer.element("total", text: String(list.total))
            if let previous = list.previous {
                writer.element("link", [.rel: "previous", .href: target(from: previous.isEmpty ? nil : previous)])
            }
            if let next = list.next { writer.element("link", [.rel: "next", .href: target(from: next)]) }
            writer.element("actions") { writer in
                for action in actions { action.write(withParameters: false, to: &writer) }
            }
            for record in list.rows { write(record, to: &writer) }
        }
        return writer.finish()
    }

    private func target(from: String?) -> String { page.target.target(setting: [("from", from), ("view", nil)]) }

    private func write(_ record: ObjectRecord, to writer: inout Writer) {
        let identity = record.identity
        let address = Links.object(ObjectPath(Array(identity.path.steps.suffix(1))), under: place.address)
        writer.element(kind.rawValue, [.id: identity.uuid?.description, .name: identity.name.description, .href: address]) { writer in
            ObjectFields(record, host: place.target.host, vm: place.target.vm, users: users).write(to: &writer)
        }
    }
}
