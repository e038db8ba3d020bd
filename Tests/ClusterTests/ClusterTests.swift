// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Inventory
import Libvirt
import Logging
import TestSupport
import Testing

@testable import Cluster

/// On libvirt's test driver in this process, whose state all tests here share: so one after the other.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ClusterTests {
    private static let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let uuid = UUID("6695eb01-f6a4-8304-79aa-97f2502e193f")

    init() throws {
        try EventLoop.register()
        _ = Self.loop
    }

    /// Runs until the process ends.
    private static let loop: Void = {
        CallThreads.shared.submit { try? EventLoop.run() }
    }()

    private func with(_ uris: [String], _ body: (Cluster) async throws -> Void) async throws {
        let hosts = uris.enumerated().map { HostConfiguration(name: "h\($0 + 1)", uri: $1) }
        let cluster = try Cluster(hosts, isReadOnly: false, deadlines: .init(patience: .seconds(60)), log: Self.log)
        cluster.start()
        await cluster.settle(within: .seconds(30))
        defer { cluster.shutdown() }
        try await body(cluster)
    }

    /// Waits until what is known of the cluster is as it should be; asked anew whenever anything changes.
    private func eventually(_ cluster: Cluster, _ holds: (ClusterSnapshot) -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        var version: UInt64?
        while ContinuousClock.now < end {
            let snapshot = cluster.snapshot
            if snapshot.version != version, holds(snapshot) { return true }
            version = snapshot.version
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    @Test func `a domain that was just made is not lost to a reading that began before`() async throws {
        try await with(["test:///default"]) { cluster in
            let host = try #require(cluster.host(named: "h1"))
            let before = try #require(host.state.snapshot)
            let made = UUID("c7a5fdbd-cdaf-9455-926a-d65c16db1809")!
            host.remember(made, name: "made")
            host.publish(before)
            #expect(host.state.domain(made)?.name == "made")
            // One that begins later says what is true.
            #expect(await host.refresh(.domain(Self.uuid!)))
            #expect(host.state.domain(made) != nil)
            #expect(await host.refresh(.domain(made)))
            #expect(host.state.domain(made) == nil)
            #expect(host.state.domain(Self.uuid!) != nil)
        }
    }

    @Test func `a host is known without being asked`() async throws {
        try await with(["test:///default"]) { cluster in
            // Domains are published first: what else there is changes the version once more.
            #expect(await eventually(cluster) { $0.hosts[0].snapshot?.objects.count == HostSnapshot.kinds.count })
            let snapshot = cluster.snapshot
            let domain = try #require(snapshot.domains.first { $0.record.name == "test" })
            #expect(domain.record.maximumMemory == 8_388_608)
            #expect(domain.record.isPersistent)
            #expect(domain.standing == .chosen)
            #expect(snapshot.hosts.map(\.isAnswering) == [true])
            #expect(snapshot.domains(for: "test").count == 1)
            #expect(snapshot.domains(for: "6695EB01-F6A4-8304-79AA-97F2502E193F").count == 1)
            #expect(snapshot.domains(for: "nosuch").isEmpty)
            #expect(cluster.snapshot.version == snapshot.version)
        }
    }

    @Test func `events keep it true`() async throws {
        try await with(["test:///default"]) { cluster in
            let (uuid, host) = (try #require(Self.uuid), try #require(cluster.host(named: "h1")))
            let suspend = try #require(Function.all.first { $0.name == "virDomainSuspend" })
            let resume = try #require(Function.all.first { $0.name == "virDomainResume" })
            for (function, isExecuting) in [(suspend, false), (resume, true)] {
                try await host.act { connection in
                    try connection.withObject(ObjectPath([.init(.domain, ObjectName(uuid.description))])) { handle throws(LibvirtError) in
                        _ = try function.call(on: handle, CallArguments())
                    }
                }
                #expect(await eventually(cluster) { $0.copies(of: uuid).first?.record.state.isExecuting == isExecuting })
            }
        }
    }

    @Test func `a domain that is defined appears, and one that is undefined goes and is remembered for a moment`() async throws {
        try await with(["test:///default"]) { cluster in
            let host = try #require(cluster.host(named: "h1"))
            let define = try #require(Function.all.first { $0.name == "virDomainDefineXML" })
            let undefine = try #require(Function.all.first { $0.name == "virDomainUndefine" })
            let xml = "<domain type='test'><name>new</name><memory>1024</memory><os><type>hvm</type></os></domain>"
            try await host.act { connection in
                try connection.withObject(ObjectPath([])) { handle throws(LibvirtError) in
                    _ = try define.call(on: handle, CallArguments(["xml": .string(xml)]))
                }
            }
            #expect(await eventually(cluster) { $0.domains(for: "new").count == 1 })
            let uuid = try #require(cluster.snapshot.domains(for: "new").first?.record.uuid)
            try await host.act { connection in
                try connection.withObject(ObjectPath([.init(.domain, ObjectName(uuid.description))])) { handle throws(LibvirtError) in
                    _ = try undefine.call(on: handle, CallArguments())
                }
            }
            #expect(await eventually(cluster) { $0.domains(for: "new").isEmpty })
            #expect(cluster.snapshot.justLost("new") == uuid)
            #expect(cluster.snapshot.justLost(uuid.description) == uuid)
            #expect(cluster.snapshot.justLost("nosuch") == nil)
        }
    }

    @Test func `networks, pools and devices are held too`() async throws {
        try await with(["test:///default"]) { cluster in
            #expect(await eventually(cluster) { $0.hosts[0].snapshot?.objects.count == HostSnapshot.kinds.count })
            let objects = cluster.snapshot.hosts[0].snapshot?.objects ?? [:]
            #expect(objects[.network]?.count { $0.identity.name == "default" } == 1)
            #expect(objects[.pool]?.count { $0.identity.name == "default-pool" } == 1)
            #expect(objects[.device]?.contains { $0.identity.name == "computer" } == true)
            #expect(objects[.secret] == [])
        }
    }

    @Test func `usage is measured while somebody looks`() async throws {
        try await with(["test:///default"]) { cluster in
            #expect(cluster.snapshot.hosts[0].snapshot?.usage == nil)
            cluster.host(named: "h1")?.lookAtUsage()
            #expect(await eventually(cluster) { $0.hosts[0].snapshot?.usage != nil })
        }
    }

    @Test func `a host that is not there says why, and delays no other`() async throws {
        try await with(["qemu+unix:///system?socket=/nonexistent", "qemu+tcp://127.0.0.1:1/system", "test:///default"]) { cluster in
            let hosts = cluster.snapshot.hosts
            #expect(hosts.map(\.isAnswering) == [false, false, true])
            #expect(hosts.map(\.wasTried) == [true, true, true])
            #expect("\(hosts[0].failure.map { "\($0)" } ?? "")".contains("/nonexistent"))
            #expect("\(hosts[1].failure.map { "\($0)" } ?? "")".contains("refused"))
            #expect(hosts[0].age == nil)
            let host = try #require(cluster.host(named: "h1"))
            await #expect(throws: ConnectError.self) { try await host.read { try $0.type() } }
            #expect(await host.refresh(.all) == false)
            #expect(cluster.snapshot.domains(for: "test").count == 1)
        }
    }

    @Test func `a host that takes connections and says nothing ends a call at its deadline, which was not begun`() async throws {
        let silent = try SilentHost()
        try await with(["test:///default"]) { _ in
            let host = Host(
                HostConfiguration(name: "silent", uri: silent.uri), isReadOnly: false,
                deadlines: .init(reading: .milliseconds(500)), relay: try Relay(), changes: ChangeCounter(), log: Self.log)
            defer { host.shutdown() }
            let start = ContinuousClock.now
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<12 {
                    group.addTask { await #expect(throws: CallError.notStarted) { try await host.read { try $0.type() } } }
                }
            }
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test func `an error of a call is libvirt's and leaves the host connected`() async throws {
        try await with(["test:///default"]) { cluster in
            let host = try #require(cluster.host(named: "h1"))
            let error = await #expect(throws: LibvirtError.self) {
                try await host.read { connection in try connection.withDomain(named: "nosuch") { _ in } }
            }
            #expect(error?.code == .noDomain)
            #expect(try await host.read { try $0.type() } == "TEST")
        }
    }

    @Test func `several domains on several hosts have standings`() async throws {
        // Two ways to one test driver: the same UUID runs on both, as far as anybody can tell.
        try await with(["test:///default", "test:///default"]) { cluster in
            let uuid = try #require(Self.uuid)
            let copies = cluster.snapshot.copies(of: uuid)
            #expect(copies.map(\.standing) == [.conflicting, .conflicting])
            #expect(copies.map(\.others) == [["h2"], ["h1"]])
            #expect(cluster.snapshot.domains(for: uuid.description).count == 2)
            #expect(cluster.snapshot.domains(for: "test").count == 2)
        }
    }
}
