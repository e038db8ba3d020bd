// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Foundation
import Inventory
import Testing

@testable import Announcer

/// On libvirt's test driver in this process.
@Suite struct RecordsTests {
    private static let owner = "<metadata><o:owner xmlns:o='urn:handlervirt:owner:1'>alice</o:owner></metadata>"

    /// A host with these domains, by their XML's inner part.
    private func snapshot(_ domains: [String]) throws -> HostSnapshot {
        let body = domains.map { "<domain type='test'>\($0)<memory>1024</memory><os><type>hvm</type></os></domain>" }.joined()
        let file = FileManager.default.temporaryDirectory.appending(path: "announcer-\(UInt64.random(in: 0...UInt64.max)).xml")
        try Data("<node>\(body)</node>".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try HostWatcher(uri: "test://\(file.path)", report: { _ in }, changed: { _ in }).read()
    }

    private func texts(_ publication: Publication) -> [String] { publication.text.map { String(decoding: $0, as: UTF8.self) } }

    private func lines(_ snapshot: HostSnapshot, _ policy: AnnouncementPolicy = AnnouncementPolicy()) -> [String] {
        Announcer.records(of: snapshot, at: 0, policy: policy).map(\.line)
    }

    @Test func `the host comes first, then its domains by name`() throws {
        let snapshot = try snapshot([
            "<name>b</name><uuid>00000000-0000-4000-8000-00000000000b</uuid>", "<name>a b</name><uuid>00000000-0000-4000-8000-00000000000a</uuid>",
        ])
        let host = snapshot.host.hostname
        #expect(
            lines(snapshot) == [
                "_libvirt._tcp 0 \(host) txtvers=1 driver=test domains=2",
                "_domu._tcp 0 a\\032b txtvers=1 uuid=00000000-0000-4000-8000-00000000000a name=a\\032b driver=test",
                "_domu._tcp 0 b txtvers=1 uuid=00000000-0000-4000-8000-00000000000b name=b driver=test",
            ])
    }

    @Test func `the port is that of TLS, then that of TCP, and transports say both`() throws {
        let snapshot = try snapshot(["<name>a</name>"])
        #expect(Announcer.records(of: snapshot, at: 0, policy: .init(tlsPort: 16_514, tcpPort: 16_509)).allSatisfy { $0.port == 16_514 })
        #expect(Announcer.records(of: snapshot, at: 0, policy: .init(tcpPort: 16_509)).allSatisfy { $0.port == 16_509 })
        let host = try #require(Announcer.records(of: snapshot, at: 0, policy: .init(tlsPort: 1, tcpPort: 2)).first)
        #expect(texts(host) == ["txtvers=1", "driver=test", "domains=1", "transports=tls,tcp", "tls-port=1", "tcp-port=2"])
    }

    @Test func `only the host is announced where that is all that is wanted`() throws {
        let records = Announcer.records(of: try snapshot(["<name>a</name>", "<name>b</name>"]), at: 0, policy: .init(extent: .host))
        #expect(records.map(\.type) == ["_libvirt._tcp"])
        #expect(texts(records[0]).contains("domains=2"))
    }

    @Test func `owners are told only if asked for`() throws {
        let snapshot = try snapshot(["<name>a</name>" + Self.owner])
        #expect(!lines(snapshot).joined().contains("alice"))
        #expect(lines(snapshot, .init(announcesOwners: true))[1].hasSuffix("driver=test owner=alice"))
    }

    @Test func `the whole name stands in TXT up to 250 bytes, at a scalar's boundary`() throws {
        let name = String(repeating: "é", count: 200)
        let record = Announcer.records(of: try snapshot(["<name>\(name)</name>"]), at: 0, policy: .init())[1]
        #expect(texts(record).contains("name=" + String(repeating: "é", count: 125)))
        #expect(record.name == String(repeating: "é", count: 31))
        #expect(record.text.allSatisfy { $0.count <= 255 })
    }

    @Test func `nothing of a domain's state is told, so that starting it sends nothing`() throws {
        let text = lines(try snapshot(["<name>a</name>"])).joined()
        for word in ["running", "state", "memory", "1024"] { #expect(!text.contains(word)) }
    }

    @Test func `a line shows any bytes, and no control character`() {
        let publication = Publication(
            id: "x", name: "a \u{1b}\\\u{202e}é", type: "_domu._tcp", port: 7, text: [[0xff, 0x61, 0x00], Array("ü\u{9b}".utf8)])
        #expect(publication.line == "_domu._tcp 7 a\\032\\027\\092\\226\\128\\174é \\255a\\000 ü\\194\\155")
    }
}
