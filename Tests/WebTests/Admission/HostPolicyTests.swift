// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Documents
import Settings
import Testing

@testable import Web

@Suite struct HostPolicyTests {
    private let policy = HostPolicy(
        names: ["vms.example.org", "proxy.example.org:8443", "192.0.2.99", "plain.example.org:80"].compactMap { PublicHost($0) })

    private func outcome(_ hosts: [String], _ targets: [String] = []) -> Result<PublicHost, HostRefusal> {
        Result { () throws(HostRefusal) in
            try policy.host(hosts, targets) { $0.unmapped.bytes == [192, 0, 2, 7] || $0.description == "2001:db8::7" }
        }
    }

    private func refusal(_ hosts: [String], _ targets: [String] = []) -> HostRefusal? {
        if case .failure(let refusal) = outcome(hosts, targets) { refusal } else { nil }
    }

    @Test(arguments: [
        "localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1", "127.9.8.7:1", "[::1]:8080", "[::ffff:127.0.0.1]", "192.0.2.7", "192.0.2.7:65535",
        "[2001:db8::7]", "[2001:DB8:0::7]:80", "[::ffff:192.0.2.7]", "vms.example.org", "VMS.example.org:99", "vms.example.org.", "192.0.2.99:4",
        "proxy.example.org:8443", "plain.example.org", "plain.example.org:80",
    ])
    func `a host of ours is admitted`(host: String) {
        #expect(refusal([host]) == nil)
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example", "a.localhost", "vms.example.org.evil.example", "evil-vms.example.org", "192.0.2.8", "0.0.0.0",
        "[::]", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "proxy.example.org", "proxy.example.org:8444", "plain.example.org:81", "[fe80::1]",
        "_",
        "10.127.0.0.1",
    ])
    func `every other host is foreign`(host: String) {
        #expect(refusal([host]) == .foreign(host))
        #expect(HostRefusal.foreign(host).fault.status == 421)
    }

    @Test(arguments: [
        "", " ", "localhost..", ".localhost", "vms..example.org", ".", "localhost, evil.example", "localhost evil", "evil.example/localhost",
        "user@localhost", "localhost:", "localhost:x",
        "localhost:99999", "localhost:80:80", "[::1", "::1", "[localhost]", "<script>", "localhost#", "localhost\\evil", "l\u{f6}calhost",
        "localhost\t", "[::1%25lo]",
    ])
    func `what is no host is malformed`(host: String) {
        #expect(refusal([host]) == .malformed(host))
        #expect(HostRefusal.malformed(host).fault.status == 400)
    }

    @Test func `there is exactly one`() {
        #expect(refusal([]) == .missing)
        #expect(refusal(["localhost", "localhost"]) == .several)
        #expect(refusal(["localhost", "evil.example"]) == .several)
        #expect(HostRefusal.several.fault.status == 400)
        #expect(HostRefusal.missing.fault.status == 400)
    }

    @Test func `a target in absolute form names it as well`() {
        #expect(refusal(["localhost:80"], ["LOCALHOST:80"]) == nil)
        #expect(refusal(["localhost"], ["evil.example"]) == .foreign("evil.example"))
        #expect(refusal(["evil.example"], ["localhost"]) == .foreign("evil.example"))
        #expect(refusal(["localhost"], ["127.0.0.1"]) == .several)
        #expect(refusal(["localhost"], ["user@localhost"]) == .malformed("user@localhost"))
        #expect(refusal(["localhost"], [""]) == .malformed(""))
    }

    @Test func `a long name is cut`() {
        let name = String(repeating: "a", count: 70_000)
        #expect(refusal([name])?.name?.utf8.count == 255)
        #expect((refusal([name])?.fault.message.utf8.count ?? 1_000) < 400)
    }

    @Test(arguments: ["root:secret@127.0.0.1", "secret@", "root:a@secret@evil:80", "secret@" + String(repeating: "a", count: 300)])
    func `what may be a password is not told again`(text: String) throws {
        for refusal in [HostRefusal.malformed(text), .foreign(text)] {
            #expect(refusal.name?.contains("secret") == false && !refusal.fault.message.contains("secret"))
        }
        #expect(!"http://\(text)/virt?x=secret".withoutSecrets.contains("secret") && !text.withoutSecrets.contains("secret"))
        #expect("/virt/a@b?x=secret".withoutSecrets == "/virt/a@b")
    }

    @Test(arguments: [
        ("http://evil/virt", "evil"), ("https://evil:8/", "evil:8"), ("ftp://evil?x", "evil"), ("http://a@evil#x", "a@evil"), ("HTTP://evil", "evil"),
        ("http:///virt", ""), ("/virt", nil), ("//evil/virt", nil), ("/http://evil", nil), ("*", nil), ("http:evil", nil), ("evil:80", nil),
        ("", nil),
    ])
    func `an authority is read from a target`(target: String, authority: String?) {
        #expect(HeadReader.authority(of: target) == authority)
    }

    @Test func `the machine has the addresses of its devices`() throws {
        let addresses = MachineAddresses()
        #expect(addresses.contains(try #require(IPAddress("127.0.0.1"))))
        #expect(!addresses.contains(try #require(IPAddress("203.0.113.77"))))
    }
}
