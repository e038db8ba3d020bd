// SPDX-License-Identifier: GPL-2.0-or-later
public import Cluster
public import Operations
import XML

/// `hosts`: every host that the caller may see.
public struct HostsDocument {
    private let page: Page
    private let hosts: [HostView]
    private let announced: [AnnouncedHost]

    public init(page: Page, hosts: [HostView], announced: [AnnouncedHost] = []) {
        self.page = page
        self.hosts = hosts
        self.announced = announced
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("hosts", [.href: page.href]) { writer in
            page.write(to: &writer)
            for host in hosts {
                writer.element("host", [.name: host.name, .href: Links.host(host.name)]) { HostDocument.writeSummary(of: host, to: &$0) }
            }
            for host in announced { Self.write(host, to: &writer) }
        }
        return writer.finish()
    }

    /// What a host announced, and what became of it.
    private static func write(_ host: AnnouncedHost, to writer: inout Writer) {
        writer.element("announced", [.name: host.name]) { writer in
            for address in host.addresses { writer.element("address", text: address) }
            if let driver = host.driver { writer.element("driver", text: driver) }
            if let uuid = host.uuid { writer.element("uuid", text: uuid) }
            if let domains = host.domains { writer.element("domains", text: String(domains)) }
            writer.element("state", text: host.standing.rawValue)
            if let reason = host.reason { writer.element("reason", text: reason) }
            if let name = host.host { writer.element("host", [.name: name, .href: Links.host(name)]) }
            if let lost = host.lost { writer.element("gone", [.unit: "s"], text: String((ContinuousClock.now - lost).components.seconds)) }
        }
    }
}
