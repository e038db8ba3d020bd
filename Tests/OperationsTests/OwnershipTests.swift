// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Cluster
import Foundation
import Inventory
import Logging
import Operations
import TestSupport
import Testing

/// Whose a domain is, where the inventory has not read that yet.
@Suite(.timeLimit(.minutes(2))) struct OwnershipTests {
    private let cluster: Cluster
    private let operations: Operations

    /// A test host of its own, whose inventory nobody waits for.
    init() async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let file = FileManager.default.temporaryDirectory.appending(path: "owned-\(UUID().uuidString).xml")
        defer { try? FileManager.default.removeItem(at: file) }
        let domain = "<domain type='test'><name>test</name><memory>131072</memory><os><type>hvm</type></os></domain>"
        try Data("<node>\(domain)</node>".utf8).write(to: file)
        let host = HostConfiguration(name: "owned", uri: "test://\(file.path)")
        cluster = try Cluster([host], isReadOnly: false, deadlines: .init(patience: .zero), log: quiet)
        cluster.start()
        await cluster.settle(within: .seconds(30))
        let authority = Authority(grants: [Grant(.admin, to: .user("ada"), on: .everything)])
        operations = Operations(
            cluster: cluster, gate: Gate(mode: .readWrite, visibility: .owner, authority: authority), audit: AuditLog(sink: MemorySink(), log: quiet))
    }

    private func names(for caller: String) -> [String] { operations.vms(for: Caller(name: caller)).vms.map(\.record.name) }

    @Test func `who had a domain has it no more when another one was told so`() async throws {
        defer { cluster.shutdown() }
        for number in 0..<20 {
            let vm = try #require(operations.vms(for: Caller(name: "ada")).vms.first)
            _ = try await operations.changeOwner(of: vm, to: "owner\(number)", for: Caller(name: "ada"))
            #expect(names(for: "owner\(number)") == ["test"])
            #expect(names(for: "owner\(number - 1)").isEmpty)
        }
    }
}
