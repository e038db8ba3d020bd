// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Logging
import Testing

@testable import Cluster

@Suite struct HostTests {
    private static let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let unhurried = Host.Deadlines(reading: .seconds(60), acting: .seconds(60), patience: .seconds(60))

    private func host(_ uri: String = "test:///default", _ deadlines: Host.Deadlines = unhurried) -> Host {
        Host(name: "host", uri: uri, isReadOnly: true, deadlines: deadlines, log: Self.log)
    }

    @Test(
        arguments: [
            ("qemu+tls://node7/system", "node7"), ("test:///default", "test"), ("qemu:///session", "qemu-session"), ("qemu:///system", "qemu"),
            ("qemu+ssh://root@node8/system", "node8"), ("qemu+tls://node9:16514/system", "node9"),
            ("qemu+unix:///system?socket=/run/x", "qemu"), ("qemu+unix:///session?socket=/run/x", "qemu-session"),
            ("qemu+tls://[fe80::1]/system", "fe80::1"), ("lxc:///", "lxc"), ("qemu+ssh://node?x=/y", "node"), ("", "host"), ("alias", "alias"),
        ])
    func `a host is named after its URI`(uri: String, name: String) {
        #expect(Cluster.name(of: uri) == name)
    }

    @Test func `hosts of one name get numbers`() {
        let cluster = Cluster(
            uris: ["test:///default", "qemu:///system", "test:///default", "qemu://test-2/system", "test:///default"], isReadOnly: true, log: Self.log
        )
        defer { cluster.shutdown() }
        #expect(cluster.hosts.map(\.name) == ["test", "qemu", "test-2", "test-2-2", "test-3"])
        #expect(cluster.host(named: "test-2")?.uri == "test:///default")
        #expect(cluster.host(named: "Test") == nil)
    }

    @Test func `a host tells what it holds`() async throws {
        let host = host()
        defer { host.shutdown() }
        #expect(host.lastSnapshot == nil)
        let status = await host.status()
        #expect(status.failure == nil)
        #expect(status.snapshot?.host.driver == "TEST")
        #expect(status.snapshot?.domains.contains { $0.name == "test" && $0.maximumMemory == 8_388_608 } == true)
        #expect(host.lastSnapshot?.taken == status.snapshot?.taken)
    }

    @Test @MainActor func `all who ask at the same time share one reading`() async {
        let (host, latch) = (host(), Latch())
        defer { host.shutdown() }
        let hung = (0..<4).map { _ in Task { try await host.read { _ in latch.hang() } } }
        await latch.haveBegun(4)
        // On one actor, in this order: the reading is asked for by all before a thread is free for it.
        let asking = (0..<10).map { _ in Task { @MainActor in await host.status() } }
        await Task { @MainActor in latch.open(4) }.value
        var readings: Set<ContinuousClock.Instant?> = []
        for task in asking { readings.insert(await task.value.snapshot?.taken) }
        #expect(readings.count == 1)
        #expect(!readings.contains(nil))
        for task in hung { await #expect(throws: Never.self) { try await task.value } }
    }

    @Test func `a host that cannot be reached says why`() async {
        let host = host("qemu+unix:///system?socket=/nonexistent")
        defer { host.shutdown() }
        let error = await #expect(throws: ConnectError.self) { try await host.read { try $0.type() } }
        #expect(error?.reason.message.contains("/nonexistent") == true)
        let status = await host.status()
        #expect(status.snapshot == nil)
        #expect(status.failure is ConnectError)
    }

    @Test func `an error of a call is libvirt's and leaves the host connected`() async throws {
        let host = host()
        defer { host.shutdown() }
        let error = await #expect(throws: LibvirtError.self) {
            try await host.read { connection in try connection.withDomain(named: "nosuch") { _ in } }
        }
        #expect(error?.code == .noDomain)
        #expect(try await host.read { try $0.type() } == "TEST")
    }

    @Test func `a host that hangs delays no other, and answers again`() async throws {
        let hanging = host("test:///default", .init(reading: .seconds(100), patience: .milliseconds(50)))
        let healthy = host()
        let cluster = Cluster(hosts: [hanging, healthy])
        defer { cluster.shutdown() }
        let latch = Latch()
        let hung = (0..<4).map { _ in Task { try await hanging.read { _ in latch.hang() } } }
        await latch.haveBegun(4)

        let start = ContinuousClock.now
        let statuses = await cluster.statuses()
        #expect(statuses.map(\.status.failure).map { $0 as? CallError } == [.unanswered, nil])
        #expect(statuses.map { $0.status.snapshot == nil } == [true, false])
        await #expect(throws: CallError.notStarted) { try await hanging.lookUp { try $0.type() } }
        await #expect(throws: CallError.unanswered) { try await hanging.lookUp { try $0.type() } }
        // Acting has threads of its own.
        #expect(try await hanging.act { try $0.type() } == "TEST")
        #expect(ContinuousClock.now - start < .seconds(50))

        latch.open(4)
        for task in hung { try await task.value }
        var status = await hanging.status()
        while status.failure != nil, ContinuousClock.now - start < .seconds(90) {
            _ = try await hanging.read { try $0.type() }
            status = await hanging.status()
        }
        #expect(status.failure == nil)
        #expect(status.snapshot != nil)
    }
}
