// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Foundation
import Inventory
import Libvirt
import Testing

@testable import Operations

/// Each test on a test host of its own, whose domain `test` is running and persistent.
@Suite struct CustodyTests {
    private let connection: Connection
    private let uuid: Libvirt.UUID
    private let custody = Custody()

    init() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "custody-\(Foundation.UUID().uuidString).xml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let node = "<node><domain type='test'><name>test</name><memory>8192</memory><os><type>hvm</type></os></domain></node>"
        try node.write(toFile: path, atomically: true, encoding: .utf8)
        connection = try Connection(uri: "test://\(path)", readOnly: false)
        uuid = try connection.withDomain(named: "test") { domain throws(LibvirtError) in try domain.uuid() }
    }

    private func with<Result>(_ body: (borrowing Domain) throws(LibvirtError) -> Result) throws -> Result {
        try connection.withDomain(uuid: uuid, body)
    }

    private func record() throws -> DomainRecord { try with { domain throws(LibvirtError) in try DomainRecord(domain) } }
    private func owners() throws -> DomainOwners { try with { domain throws(LibvirtError) in try DomainOwners(of: domain) } }

    private func set(_ owner: String, _ impact: ModificationImpact) throws {
        try with { domain throws(LibvirtError) in
            try domain.setMetadata("<owner>\(owner)</owner>", namespace: DomainNotes.ownerNamespace, prefix: "x", impact)
        }
    }

    @Test(arguments: ["anna", "Ä & <b>", "日本", "a\"'"]) func `an owner is written to both configurations, and read back`(owner: String) throws {
        let now = try with { domain throws(LibvirtError) in try DomainOwners.set(owner, on: domain) }
        #expect(now.agree(on: owner) && now.live == owner && now.configured == owner && now.owner == owner && !now.isDisputed)
        #expect(try record().owner == owner)
        let none = try with { domain throws(LibvirtError) in try DomainOwners.set(nil, on: domain) }
        #expect(none.agree(on: nil))
    }

    @Test func `where the configurations differ the owner is in dispute`() throws {
        try set("anna", .live)
        try set("bert", .configured)
        let record = try record()
        #expect(record.owners.isDisputed && !record.owners.agree(on: "anna") && !record.owners.agree(on: "bert"))
        let ownership = custody.view.ownership(of: record)
        #expect(ownership.dispute?.contains("anna") == true && ownership.dispute?.contains("bert") == true && ownership.name == nil)
    }

    @Test func `what is forged while something is at work counts for nothing, and is put right`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(uuid)
        custody.read([uuid], on: connection)
        try set("eve", .live)
        #expect(custody.view.ownership(of: try record()) == .user("anna"))
        custody.settle([uuid], on: connection)
        try custody.end([uuid], host: "h")
        #expect(try owners().agree(on: "anna"))
        #expect(custody.view.ownership(of: try record()) == .user("anna"))
    }

    @Test func `what somebody decides meanwhile stands`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(uuid)
        custody.read([uuid], on: connection)
        custody.begin(uuid)
        _ = custody.decide("bert", of: uuid)
        custody.settled(uuid)
        #expect(custody.view.ownership(of: try record()) == .user("bert"))
        custody.settle([uuid], on: connection)
        try custody.end([uuid], host: "h")
        #expect(try owners().agree(on: "bert"))
    }

    @Test func `a decision that did not come about is taken back`() throws {
        custody.begin(uuid)
        custody.found("anna", of: uuid)
        custody.begin(uuid)
        custody.decide("bert", of: uuid)()
        #expect(custody.known(uuid) == .some("anna"))
    }

    @Test func `what could not be put right is in dispute until somebody decides`() throws {
        custody.begin(uuid)
        custody.found("anna", of: uuid)
        custody.note(uuid, isRight: false)
        #expect(throws: Failure.self) { try custody.end([uuid], host: "h") }
        #expect(custody.view.ownership(of: try record()).isDisputed)
        custody.begin(uuid)
        _ = custody.decide(nil, of: uuid)
        custody.settled(uuid)
        #expect(custody.view.ownership(of: try record()) == .nobody)
    }

    @Test func `what was broken off is in dispute only while it is another one's`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(uuid)
        custody.read([uuid], on: connection)
        custody.end([uuid], after: .seconds(60))
        #expect(custody.view.ownership(of: try record()) == .user("anna"))
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("eve", on: domain) }
        #expect(custody.view.ownership(of: try record()).isDisputed)
        // A doubt ends by itself when nothing more can happen.
        let other = Custody()
        other.begin(uuid)
        other.found("anna", of: uuid)
        other.end([uuid], after: .zero)
        let ownership = other.view.ownership(of: try record())
        #expect(other.known(uuid) == nil && ownership == .user("eve"))
    }

    @Test(
        arguments: [
            ("<domain/>", []), ("<domain><metadata><owner xmlns='urn:handlervirt:owner:1'>eve</owner></metadata></domain>", ["eve"]),
            ("<d xmlns:x='urn:handler&#118;irt:owner:1'><x:any><x:owner>eve</x:owner></x:any></d>", ["eve", "eve"]), ("a title", nil),
            ("<owner>eve</owner>", []), ("<o xmlns='urn:handlervirt:owner:1'><![CDATA[eve]]></o>", ["eve"]),
        ] as [(String, [String]?)])
    func `XML names an owner however that is written`(xml: String, owners: [String]?) { #expect(DomainNotes.owners(in: xml) == owners) }
}
