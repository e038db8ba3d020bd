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
            offer.write(on: target, at: address, to: &writer)
            if let result { writer.element("result") { result.write(host: target.host, to: &$0) } }
        }
        return writer.finish()
    }

    static func writeParent(_ parent: (target: Target, address: String), to writer: inout Writer) {
        let (target, address) = parent
        writer.element("object", [.rel: target.kind.rawValue, .id: target.uuid, .name: target.name, .href: address])
    }
}
