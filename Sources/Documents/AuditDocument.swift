// SPDX-License-Identifier: GPL-2.0-or-later
public import Audit
import Foundation
import XML

/// `audit`: who did what through this replica, the newest first.
public struct AuditDocument {
    private let page: Page
    private let records: [AuditRecord]
    private let query: AuditQuery

    /// - Parameter records: all that are known, the newest first.
    public init(page: Page, records: [AuditRecord], query: AuditQuery) {
        self.page = page
        self.records = records
        self.query = query
    }

    public var bytes: [UInt8] {
        let matching = records.filter(query.admits)
        var writer = Writer()
        writer.element("audit", [.href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("query") { writer in
                for (name, value) in [("caller", query.caller), ("uuid", query.uuid), ("event", query.event), ("max", String(query.maximum))] {
                    if let value { writer.element(name, text: value) }
                }
            }
            writer.element("total", text: String(matching.count))
            for record in matching.prefix(query.maximum) { Self.write(record, to: &writer) }
        }
        return writer.finish()
    }

    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func write(_ record: AuditRecord, to writer: inout Writer) {
        writer.element("record") { writer in
            func element(_ name: String, _ text: String?) { if let text { writer.element(name, text: text) } }
            element("time", record.time.formatted(timeFormat))
            element("event", record.event.rawValue)
            element("pair", record.id)
            element("request", record.requester.request.isEmpty ? nil : record.requester.request)
            if let caller = record.requester.caller { writer.element("caller", [.href: Links.owner(caller)], text: caller) }
            element("authentication", record.requester.authentication)
            element("method", record.requester.method.isEmpty ? nil : record.requester.method)
            element("address", record.requester.address)
            if let host = record.host { writer.element("host", [.name: host, .href: record.isOfKnownHost ? Links.host(host) : nil]) }
            if record.uuid != nil || record.name != nil {
                writer.element("object", [.name: record.name, .href: link(to: record)]) { writer in
                    if let uuid = record.uuid { writer.element("uuid", text: uuid) }
                }
            }
            element("command", record.command)
            for permission in record.permissions { writer.element("permission", text: permission) }
            element("decision", record.decision?.rawValue)
            element("reason", record.reason)
            element("code", record.code)
            element("outcome", record.outcome?.rawValue)
            if let duration = record.duration { writer.element("duration", [.unit: "ms"], text: String(Int64(duration / .milliseconds(1)))) }
            element("before", record.before)
            element("after", record.after)
            element("count", record.count.map(String.init))
            for (name, value) in record.parameters { writer.element("parameter", [.name: name], text: value) }
        }
    }

    /// Where a domain is found, if it is still there. What belongs to one is found on its page.
    private static func link(to record: AuditRecord) -> String? {
        guard let uuid = record.uuid, let host = record.host, record.isOfDomain else { return nil }
        return Links.domain(uuid: uuid, host: host)
    }
}

extension AuditRecord {
    /// Whether its host is one of libvirt's, rather than the one that a request named.
    fileprivate var isOfKnownHost: Bool { event != .host }
    fileprivate var isOfDomain: Bool {
        permissions.contains { $0.hasPrefix("domain:") } || command?.hasPrefix("virDomain") == true || command == "owner"
    }
}
