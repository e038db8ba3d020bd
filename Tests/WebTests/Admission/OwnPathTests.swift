// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Documents
import Libvirt
import Testing

@testable import Web

@Suite struct OwnPathTests {
    @Test(arguments: ["/", "/virt", "/virt/a%2Fb?view=html&x=%0A", "/hosts/~Li4/domains"])
    func `a path of ours is admitted`(location: String) {
        #expect(OwnPath.admits(location))
    }

    @Test(arguments: [
        "", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http://evil.example", "javascript:alert(1)", "virt", "/a b",
        "/a\tb",
        "/a\r\nSet-Cookie: x", "/a\u{0}", "/\u{fc}", " /virt", "/virt\\..", "/\t/evil.example", "?x", "#x",
    ])
    func `nothing else is`(location: String) {
        #expect(!OwnPath.admits(location))
    }

    private static let names = [
        "/evil.example", "//evil.example", "\\evil.example", "..", ".", "", "a\r\nSet-Cookie: x=y", "\u{1}", "javascript:alert(1)",
        "http://evil.example",
        "?x#y", "%2e%2e", "%0d%0a", "\t", "\u{202e}", "a/../../b", "~", "~Li4", " ", "@evil.example", ":80", ";x=y", "<script>", "\"", "'",
        "\u{ff0f}\u{ff0f}evil",
    ]

    @Test(arguments: names) func `whatever a name is, the addresses that are made of it are ours, and lead back to it`(name: String) throws {
        for link in [
            Links.owner(name), Links.vm(owner: name, key: name), Links.host(name), Links.domain(uuid: name, host: name), Links.reference(name),
            Links.command(name, of: Links.host(name)), Links.object(ObjectPath([.init(.volume, ObjectName(bytes: Array(name.utf8)))]), host: name),
        ] {
            #expect(OwnPath.admits(link), "\(link)")
            let target = try RequestTarget(link)
            #expect(["virt", "hosts", "commands"].contains(target.segments.first ?? ""))
            #expect(target.segments.dropFirst().contains { $0.utf8.elementsEqual(name.utf8) }, "\(link)")
            #expect(OwnPath.admits(target.target()))
            #expect(OwnPath.admits(target.target(replacing: 2, by: Links.owner(name))))
        }
    }
}
