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
    private var ward: Custody.Ward { Custody.Ward(uuid: uuid, host: "h") }

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
        let ownership = custody.view.ownership(of: record, on: "h")
        #expect(ownership.dispute?.contains("anna") == true && ownership.dispute?.contains("bert") == true && ownership.name == nil)
    }

    @Test func `what is forged while something is at work counts for nothing, and is put right`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(ward)
        custody.read([ward], goingTo: [], on: connection)
        try set("eve", .live)
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("anna"))
        #expect(custody.settle([ward], on: connection).isEmpty)
        try custody.end([ward], wrong: [], host: "h")
        #expect(try owners().agree(on: "anna"))
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("anna"))
    }

    @Test func `what somebody decides meanwhile stands`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(ward)
        custody.read([ward], goingTo: [], on: connection)
        custody.begin(ward)
        _ = custody.decide("bert", of: ward)
        custody.settled(ward)
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("bert"))
        #expect(custody.settle([ward], on: connection).isEmpty)
        try custody.end([ward], wrong: [], host: "h")
        #expect(try owners().agree(on: "bert"))
    }

    @Test func `a decision that did not come about is taken back`() throws {
        custody.begin(ward)
        custody.found("anna", of: ward)
        custody.begin(ward)
        custody.decide("bert", of: ward)()
        #expect(custody.known(ward) == .some("anna"))
    }

    @Test func `what could not be put right is in dispute until somebody decides`() throws {
        custody.begin(ward)
        custody.found("anna", of: ward)
        #expect(throws: Failure.self) { try custody.end([ward], wrong: [ward], host: "h") }
        #expect(custody.view.ownership(of: try record(), on: "h").isDisputed)
        custody.begin(ward)
        _ = custody.decide(nil, of: ward)
        custody.settled(ward)
        #expect(custody.view.ownership(of: try record(), on: "h") == .nobody)
    }

    @Test func `what was broken off is in dispute only while it is another one's`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(ward)
        custody.read([ward], goingTo: [], on: connection)
        custody.end([ward], after: .seconds(60))
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("anna"))
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("eve", on: domain) }
        #expect(custody.view.ownership(of: try record(), on: "h").isDisputed)
        // A doubt ends by itself when nothing more can happen.
        let other = Custody()
        other.begin(ward)
        other.found("anna", of: ward)
        other.end([ward], after: .zero)
        let ownership = other.view.ownership(of: try record(), on: "h")
        #expect(other.known(ward) == nil && ownership == .user("eve"))
    }

    @Test func `what is at work on one host says nothing of a copy on another`() throws {
        custody.begin(ward)
        custody.found("eve", of: ward)
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("eve"))
        #expect(custody.view.ownership(of: try record(), on: "elsewhere") == .nobody)
        #expect(throws: Failure.self) { try custody.end([ward], wrong: [ward], host: "h") }
        #expect(custody.view.ownership(of: try record(), on: "h").isDisputed)
        #expect(custody.view.ownership(of: try record(), on: "elsewhere") == .nobody)
    }

    @Test func `a call that was cut leaves nothing wrong for the next one`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        custody.begin(ward)
        custody.read([ward], goingTo: [], on: connection)
        custody.end([ward], after: .seconds(60))
        custody.begin(ward)
        custody.read([ward], goingTo: [], on: connection)
        try custody.end([ward], wrong: custody.settle([ward], on: connection), host: "h")
        #expect(custody.view.ownership(of: try record(), on: "h") == .user("anna"))
    }

    @Test func `what was broken off long ago is read anew`() throws {
        custody.begin(ward)
        custody.found("anna", of: ward)
        custody.end([ward], after: .nanoseconds(1))
        custody.begin(ward)
        custody.found("bert", of: ward)
        #expect(custody.known(ward) == .some("bert"))
    }

    @Test func `a domain whose XML cannot be read is still its owner's`() throws {
        _ = try with { domain throws(LibvirtError) in try DomainOwners.set("anna", on: domain) }
        let deep = String(repeating: "<a>", count: 256) + String(repeating: "</a>", count: 256)
        try with { domain throws(LibvirtError) in try domain.setMetadata(deep, namespace: "urn:x", prefix: "x", .live) }
        #expect(!DomainNotes(xml: try with { domain throws(LibvirtError) in try domain.xml() }).isReadable)
        #expect(try record().owner == "anna")
    }

    @Test(
        arguments: [
            ("<domain/>", []), ("<domain><metadata><owner xmlns='urn:handlervirt:owner:1'>eve</owner></metadata></domain>", ["eve"]),
            ("<d xmlns:x='urn:handler&#118;irt:owner:1'><x:any><x:owner>eve</x:owner></x:any></d>", ["eve", "eve"]), ("a title", nil),
            ("<owner>eve</owner>", []), ("<o xmlns='urn:handlervirt:owner:1'><![CDATA[eve]]></o>", ["eve"]),
        ] as [(String, [String]?)])
    func `XML names an owner however that is written`(xml: String, owners: [String]?) { #expect(DomainNotes.owners(in: xml) == owners) }
}
