// SPDX-License-Identifier: GPL-2.0-or-later
public import Operations
import XML

/// `hosts`: every host that the caller may see.
public struct HostsDocument {
    private let page: Page
    private let hosts: [HostView]

    public init(page: Page, hosts: [HostView]) {
        self.page = page
        self.hosts = hosts
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("hosts", [.href: page.href]) { writer in
            page.write(to: &writer)
            for host in hosts {
                writer.element("host", [.name: host.name, .href: Links.host(host.name)]) { HostDocument.writeSummary(of: host, to: &$0) }
            }
        }
        return writer.finish()
    }
}
