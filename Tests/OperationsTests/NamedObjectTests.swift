// SPDX-License-Identifier: GPL-2.0-or-later
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
        #expect(named.name == name && named.uuid == nil)
    }

    @Test func `a domain is each one of that UUID or name, whatever else the XML says`() throws {
        let connection = try Connection(uri: "test:///default", readOnly: true)
        let known = try connection.withDomain(named: "test") { domain throws(LibvirtError) in [try DomainRecord(domain)] }
        func names(_ xml: String) -> [String]? { NamedObject(xml, kind: .domain)?.matches(among: known).map(\.name) }
        #expect(names("<domain><name>test</name></domain>") == ["test"])
        #expect(names("<domain><name>other</name><uuid>\(Self.uuid.uppercased())</uuid></domain>") == ["test"])
        #expect(names("<domain><name>test</name><uuid>00000000-0000-4000-8000-000000000001</uuid></domain>") == ["test"])
        #expect(names("<domain><name>new</name></domain>") == [])
    }

    @Test(arguments: ["", "<network", "<network/>", "<network><names>x</names></network>"]) func `what names nothing is no object`(xml: String) {
        #expect(NamedObject(xml, kind: .network) == nil)
    }
}
