// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Cluster
import Documents
import Monitoring
import NIOPosix
import Operations
import Serving
import Settings

/// What the server says of itself.
extension WebResponder {
    func settings(_ asked: AskedRequest) throws -> Answer {
        try admitQuery([], asked)
        try operations.admit(.seeSettings, for: asked.caller)
        let hosts = settings.hosts.filter { operations.gate.decide(asked.caller, .seeHost, .host($0.value.name)).isAllowed }
        return .document(SettingsDocument(page: page(for: asked), settings: settings, hosts: hosts).bytes, root: "settings")
    }

    /// Who did what, through this replica.
    func audit(_ asked: AskedRequest) throws -> Answer {
        let query = try AuditQuery(
            asked.target.query, defaultMaximum: asked.view == .html || asked.view == .raw ? 100 : AuditLog.keptRecords + AuditLog.keptRefusals)
        try operations.admit(.seeAudit, for: asked.caller)
        return .document(AuditDocument(page: page(for: asked, isList: true), records: audit.recent, query: query).bytes, root: "audit")
    }

    /// 503 until every host has been tried. What watches a server is no caller, and is told no names.
    func health(_ asked: AskedRequest) throws -> Answer {
        try admitQuery([], asked)
        let hosts = operations.cluster.snapshot.hosts
        let health = Health(
            // What is on the network may come and go.
            isReady: hosts.allSatisfy { $0.wasTried || $0.configuration.isDiscovered }, total: hosts.count, answering: hosts.count { $0.isAnswering })
        let bytes = HealthDocument(page: page(for: asked), health: health).bytes
        return health.isReady ? .document(bytes, root: "health") : .document(bytes, root: "health", status: 503, retryAfter: 1)
    }

    /// Everything that is counted and measured, as Prometheus reads it.
    func metrics(_ asked: AskedRequest) async throws -> Answer {
        try admitQuery([], asked)
        try operations.admit(.seeMetrics, for: asked.caller)
        operations.cluster.measure()
        door.measure()
        let bytes = try await threads.runIfActive { [metrics] in metrics.exposition(with: ProcessSamples.read()) }
        return .file(bytes, contentType: Registry.contentType)
    }
}
