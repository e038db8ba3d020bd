// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Commands
import Inventory
import Libvirt
public import Operations
import XML

/// `host`: one host, what it is and what may be done on it.
public struct HostDocument {
    private let page: Page
    private let host: HostView
    private let offer: Offer

    public init(page: Page, host: HostView, offer: Offer) {
        self.page = page
        self.host = host
        self.offer = offer
    }

    public var bytes: [UInt8] {
        let address = Links.host(host.name)
        var writer = Writer()
        writer.element("host", [.name: host.name, .href: address]) { writer in
            page.write(to: &writer)
            Self.writeSummary(of: host, to: &writer)
            offer.write(on: Target(host: host.name), at: address, to: &writer)
        }
        return writer.finish()
    }

    static func writeSummary(of host: HostView, to writer: inout Writer) {
        if host.isOpen { writer.element("uri", text: ConnectionURI(host.uri).withoutSecrets) }
        if host.isOpen, let title = host.configuration.title { writer.element("title", text: title) }
        if host.isOpen, let pool = host.configuration.pool { writer.element("pool", text: pool) }
        writer.element("state", text: host.failure == nil ? "connected" : "unreachable")
        if let failure = host.failure { Fault(failure).write(to: &writer) }
        if let age = host.age { writer.element("stale", [.unit: "s"], text: String(age.components.seconds)) }
        guard let record = host.snapshot?.host else { return }
        if host.isOpen { write(record, to: &writer) }
        writer.element("vms", [.href: "\(Links.vms)?\(URLEncodedForm.encode([("host", host.name)]))"]) { writer in
            let running = host.domains.filter(\.state.isActive)
            writer.element("total", text: String(host.domains.count))
            writer.element("running", text: String(running.count))
            writer.element("memory", [.unit: "KiB"], text: String(running.reduce(0) { $0 + $1.memory }))
            writer.element("vcpus", text: String(running.reduce(0) { $0 + $1.vcpus }))
        }
    }

    private static func write(_ record: HostRecord, to writer: inout Writer) {
        writer.element("hostname", text: record.hostname)
        writer.element("driver", text: record.driver)
        for (name, version) in [("hypervisor-version", record.hypervisorVersion), ("libvirt-version", record.libraryVersion)] {
            writer.element(name, [.name: Value.text(ofVersion: version)], text: String(version))
        }
        if let node = record.node { write(node, to: &writer) }
    }

    private static func write(_ node: NodeInfo, to writer: inout Writer) {
        writer.element("node") { writer in
            writer.element("model", text: node.model)
            writer.element("memory", [.unit: "KiB"], text: String(node.memory))
            writer.element("cpus", text: String(node.cpus))
            writer.element("frequency", [.unit: "MHz"], text: String(node.frequency))
            writer.element("numa-nodes", text: String(node.numaNodes))
            writer.element("sockets", text: String(node.sockets))
            writer.element("cores", text: String(node.cores))
            writer.element("threads", text: String(node.threads))
        }
    }
}
