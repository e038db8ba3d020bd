// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Inventory
import Libvirt
import Testing

@testable import Operations

@Suite struct NamedObjectTests {
    private static let uuid = "6695eb01-f6a4-8304-79aa-97f2502e193f"

    @Test(
        arguments: [
            (.network, "<network><name>lan</name></network>", "lan"), (.pool, "<pool type='dir'><name>p</name></pool>", "p"),
            (.interface, "<interface type='ethernet' name='eth0'/>", "eth0"), (.filter, "<filter name='clean'/>", "clean"),
            (.binding, "<filterbinding><portdev name='vnet0'/></filterbinding>", "vnet0"),
            (.secret, "<secret><usage type='volume'><volume>/v</volume></usage></secret>", "/v"),
            (.volume, "<volume><name>a b</name></volume>", "a b"), (.device, "<device><name>d</name></device>", "d"),
        ] as [(ObjectKind, String, String)])
    func `XML names the object that the gate is asked about`(kind: ObjectKind, xml: String, name: String) throws {
        let named = try #require(NamedObject(xml, kind: kind))
        #expect(named.reference(host: "h", known: []) == .object(kind: kind.rawValue, host: "h", name: name, uuid: nil))
    }

    @Test func `a domain is the one of that UUID or name, with its owner, whatever else the XML says`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let known = try connection.withDomain(named: "test") { domain throws(LibvirtError) in [try DomainRecord(domain)] }
        let byName = NamedObject("<domain><name>test</name></domain>", kind: .domain)?.reference(host: "h", known: known)
        #expect(byName == .domain(host: "h", uuid: Self.uuid, name: "test", owner: nil))
        let byUUID = NamedObject("<domain><name>other</name><uuid>\(Self.uuid.uppercased())</uuid></domain>", kind: .domain)
        #expect(byUUID?.reference(host: "h", known: known) == .domain(host: "h", uuid: Self.uuid, name: "other", owner: nil))
        let new = NamedObject("<domain><name>new</name></domain>", kind: .domain)?.reference(host: "h", known: known)
        #expect(new == .domain(host: "h", uuid: "", name: "new", owner: nil))
    }

    @Test(arguments: ["", "<network", "<network/>", "<network><names>x</names></network>"]) func `what names nothing is no object`(xml: String) {
        #expect(NamedObject(xml, kind: .network) == nil)
    }
}
