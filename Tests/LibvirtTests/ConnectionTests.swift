// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Libvirt
import Testing

@Suite struct ConnectionTests {
    private let connection: Connection
    private static let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"

    init() throws { connection = try Connection(uri: "test:///default", readOnly: true) }

    @Test func `a connection tells about its host`() throws {
        #expect(try connection.type() == "TEST")
        #expect(try connection.hostname().isEmpty == false)
        #expect(try connection.version() == 2)
        #expect(try connection.libraryVersion() >= 9_000_000)
        #expect(try connection.isAlive())
    }

    @Test func `the test driver knows no keepalive`() throws {
        let error = failure { () throws(LibvirtError) in _ = try connection.keepAlive(interval: 5, count: 3) }
        #expect(error?.code == .noSupport)
        #expect(try connection.isAlive())
    }

    @Test func `the hardware of the test driver is read field by field`() throws {
        let expected = NodeInfoFields(model: "i686", memory: 3_145_728, cpus: 16, frequency: 1400, numaNodes: 2, sockets: 2, cores: 2, threads: 2)
        let info = try connection.nodeInfo()
        let read = NodeInfoFields(
            model: info.model, memory: info.memory, cpus: info.cpus, frequency: info.frequency, numaNodes: info.numaNodes,
            sockets: info.sockets, cores: info.cores, threads: info.threads)
        #expect(read == expected)
    }

    @Test func `a domain is found by name and by UUID`() throws {
        let uuid = try connection.withDomain(named: "test") { domain throws(LibvirtError) in try domain.uuid() }
        #expect(uuid.description == Self.uuid)
        let name = try connection.withDomain(uuid: uuid) { domain throws(LibvirtError) in try domain.name() }
        #expect(name == "test")
    }

    @Test func `every domain is lent once`() throws {
        let uuid = randomUUID()
        let own = try OwnObject.domain(uuid: uuid)
        var names: [String] = []
        try own.connection.forEachDomain { domain throws(LibvirtError) in names.append(try domain.name()) }
        #expect(names.count { $0 == "own-\(uuid)" } == 1)
        #expect(names.count { $0 == "test" } == 1)
        #expect(Set(names).count == names.count)
    }

    /// What is left over is freed: AddressSanitizer says so if not.
    @Test func `a body that throws ends the round with its error`() throws {
        let own = try OwnObject.domain()
        let thrown = LibvirtError(code: .operationFailed, message: "enough")
        for _ in 0..<10 {
            var calls = 0
            let error = failure { () throws(LibvirtError) in
                try own.connection.forEachDomain { _ throws(LibvirtError) in
                    calls += 1
                    throw thrown
                }
            }
            #expect(error == thrown)
            #expect(calls == 1)
        }
        var rest = 0
        try own.connection.forEachDomain { _ in rest += 1 }
        #expect(rest >= 2)
    }

    @Test func `what the inventory reads of a domain is what was defined`() throws {
        let uuid = randomUUID()
        let own = try OwnObject.domain(uuid: uuid)
        try own.connection.withDomain(named: "own-\(uuid)") { domain throws(LibvirtError) in
            let (name, read, info, state) = (try domain.name(), try domain.uuid(), try domain.info(), try domain.state())
            #expect(name == "own-\(uuid)")
            #expect(read.description == uuid)
            #expect(info.state == 5)
            #expect(info.maximumMemory == 1_048_576)
            #expect(info.memory == 524_288)
            #expect(info.vcpus == 1)
            // The test driver's CPU time is the time of day, in nanoseconds.
            #expect(abs(Double(info.cpuTime) / 1e9 - Date().timeIntervalSince1970) < 60)
            #expect(state.name == "VIR_DOMAIN_SHUTOFF")
            let (xml, autostart, persistent) = (try domain.xml(), try domain.autostart(), try domain.isPersistent())
            #expect(xml.contains("<uuid>\(uuid)</uuid>"))
            #expect(!autostart)
            #expect(persistent)
        }
    }

    @Test func `metadata is read in its namespace, and there may be none`() throws {
        let uuid = randomUUID()
        let own = try OwnObject.domain(uuid: uuid)
        let arguments: [String: CallArguments.Argument] = [
            "type": .integer(2), "metadata": .string("<owner>anna</owner>"), "key": .string("h"), "uri": .string("urn:example"),
            "flags": .unsigned(2),
        ]
        try own.call(.virDomainSetMetadata, arguments)
        try own.connection.withDomain(named: "own-\(uuid)") { domain throws(LibvirtError) in
            let (found, other) = (try domain.metadata(namespace: "urn:example"), try domain.metadata(namespace: "urn:other"))
            #expect(found?.contains("anna") == true)
            #expect(other == nil)
        }
    }
}

private struct NodeInfoFields: Equatable {
    var model: String
    var memory: UInt64
    var cpus, frequency, numaNodes, sockets, cores, threads: UInt32
}
