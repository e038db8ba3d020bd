// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@Suite struct AddressTests {
    @Test(arguments: ["10.77.0.11", "::1", "fd00:77::11", "fe80::1%2", "fe80::1%eth0"]) func `an address is read and written`(text: String) {
        #expect(IPAddress(text)?.description == text)
    }

    @Test(arguments: ["", "10.77.0", "10.77.0.11 ", "010.1.1.1", "1.2.3.4%2", "fd00::1%2", "fe80::1%", "fe80::1%]:1", "a", "::1/64", "1.2.3.4\0"])
    func `what is no address is not read`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0", "224.0.0.251", "255.255.255.255", "::1", "::", "ff02::fb", "::ffff:127.0.0.1"])
    func `an address of this machine or of many is no other machine's`(text: String) throws {
        #expect(!(try #require(IPAddress(text)).isOfAnotherMachine))
    }

    @Test(
        arguments: [
            ("10.77.0.0/24", "10.77.0.255", true), ("10.77.0.0/24", "10.77.1.0", false), ("10.64.0.0/10", "10.127.1.1", true),
            ("10.64.0.0/10", "10.128.0.0", false), ("0.0.0.0/0", "1.2.3.4", true), ("0.0.0.0/0", "fd00::1", false), ("1.2.3.4/32", "1.2.3.4", true),
            ("1.2.3.4/32", "1.2.3.5", false), ("fd00:77::/64", "fd00:77::9", true), ("fd00:77::/64", "fd00:77:0:1::9", false),
            ("fe80::/10", "fe80::1%2", true),
        ])
    func `a range holds what shares its bits`(range: String, address: String, holds: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(try #require(IPAddress(address))) == holds)
    }

    @Test(arguments: ["10.77.0.1/24", "10.77.0.0/33", "10.77.0.0", "10.77.0.0/", "10.77.0.0/-1", "10.77.0.0/24/1", "/24", "fe80::%2/64", "x/8"])
    func `what is no range is not read`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        arguments: [
            ("node1", "node1", true), ("node1", "NODE1.local.", true), ("node1", "node1.example.org", false),
            ("node*.example.org", "node.example.org", true),
            ("node*.example.org", "node12.example.org", true), ("node*.example.org", "node12.example.org.evil", false), ("*", "x", true),
            ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXc", false), ("a*a", "a", false), ("*.local", "h1.local", true), ("h1", "h1x", false),
            ("a**b", "ab", true), ("*ab*ab", "abab", true), ("*ab*ab", "ab", false),
        ])
    func `a star stands for any text`(pattern: String, name: String, matches: Bool) throws {
        #expect(try #require(NamePattern(pattern)).matches(name) == matches)
    }

    @Test(arguments: ["", "a b", "a/b", "ü", "a?", ".local"]) func `what no host is called is no pattern`(text: String) {
        #expect(NamePattern(text) == nil)
    }
}
