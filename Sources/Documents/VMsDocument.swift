// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Libvirt
public import Operations
import XML

/// `vms`: a list of domains, or the candidates of an ambiguous name.
public struct VMsDocument {
    private let page: Page
    private let list: VMList
    private let owner: String?
    private let unreachable: [HostView]
    private let creating: [(host: String, command: String)]
    private let actions: (VM) -> [Action]

    /// - Parameters:
    ///   - owner: whose list it is; nil for everybody's.
    ///   - unreachable: the hosts that did not answer.
    ///   - creating: the hosts on which the caller may define a domain, and by which command.
    ///   - actions: what may be done with one of the rows.
    public init(
        page: Page, list: VMList, owner: String?, unreachable: [HostView], creating: [(host: String, command: String)],
        actions: @escaping (VM) -> [Action]
    ) {
        self.page = page
        self.list = list
        self.owner = owner
        self.unreachable = unreachable
        self.creating = creating
        self.actions = actions
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("vms", [.href: page.href]) { writer in
            page.write(to: &writer)
            if let owner { writer.element("owner", text: owner) }
            writeQuery(to: &writer)
            writeSorts(to: &writer)
            writeFilters(to: &writer)
            writer.element("total", text: String(list.total))
            if let previous = list.previous {
                writer.element("link", [.rel: "previous", .href: target(("from", previous.isEmpty ? nil : previous))])
            }
            if let next = list.next { writer.element("link", [.rel: "next", .href: target(("from", next))]) }
            writer.element("link", [.rel: "usage", .href: target(("usage", list.query.withUsage ? nil : "true"))])
            for (host, command) in creating {
                writer.element("link", [.rel: "create", .name: host, .href: Links.command(command, of: Links.host(host))])
            }
            for host in unreachable {
                writer.element("host", [.name: host.name, .href: Links.host(host.name)]) { writer in
                    if let failure = host.failure { Fault(failure).write(to: &writer) }
                    if let age = host.age { writer.element("stale", [.unit: "s"], text: String(age.components.seconds)) }
                }
            }
            for vm in list.rows { VMDocument.writeRow(vm, actions: actions(vm), withUsage: list.query.withUsage, to: &writer) }
        }
        return writer.finish()
    }

    private func target(_ changes: (String, String?)...) -> String { page.target.target(setting: changes + [("view", nil)]) }

    private func writeQuery(to writer: inout Writer) {
        writer.element("query") { writer in
            let query = list.query
            let items = [
                ("state", query.state), ("q", query.text), ("host", query.host), ("sort", query.sort?.text),
                ("max", query.maximum.map(String.init)), ("from", query.from), ("usage", query.withUsage ? "true" : nil),
            ]
            for (name, value) in items {
                if let value { writer.element(name, text: value) }
            }
        }
    }

    private func writeSorts(to writer: inout Writer) {
        writer.element("sorts") { writer in
            for column in VMQuery.Column.allCases {
                let now = list.query.sort.flatMap { $0.column == column ? $0 : nil }
                let next = now.map { $0.isDescending ? column.rawValue : "-\(column.rawValue)" } ?? column.rawValue
                let href = target(("sort", next), ("from", nil))
                if let now {
                    writer.element("sort", [.name: column.rawValue, .href: href], text: now.isDescending ? "descending" : "ascending")
                } else {
                    writer.element("sort", [.name: column.rawValue, .href: href])
                }
            }
        }
    }

    private func writeFilters(to writer: inout Writer) {
        writer.element("filters") { writer in
            let all = list.counts.values.reduce(0, +)
            writer.element("filter", [.name: "all", .href: target(("state", nil), ("from", nil))], text: String(all))
            for state in DomainState.texts {
                let count = list.counts[state] ?? 0
                writer.element("filter", [.name: state, .href: target(("state", state), ("from", nil))], text: String(count))
            }
        }
    }
}
