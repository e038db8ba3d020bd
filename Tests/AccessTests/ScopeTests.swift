// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Access

@Suite struct ScopeTests {
    private let rules: OwnerRules = {
        var anna = OwnerRules.Entry(owner: "anna")
        anna.domains = ["a-*"].compactMap(TextPattern.init)
        anna.hosts = ["h9"].compactMap(TextPattern.init)
        anna.pools = ["fast"].compactMap(TextPattern.init)
        anna.volumes = ["anna-*"].compactMap(TextPattern.init)
        anna.networks = ["lan*"].compactMap(TextPattern.init)
        var bert = OwnerRules.Entry(owner: "bert")
        bert.domains = ["a-b*", "b*"].compactMap(TextPattern.init)
        return OwnerRules([anna, bert])
    }()

    private func vm(_ name: String, _ owner: Ownership = .nobody, host: String = "h1") -> ObjectReference {
        .domain(host: host, uuid: "", name: name, owner: owner)
    }

    private func object(_ kind: String, _ name: String, in parent: String? = nil) -> ObjectReference {
        .object(kind: kind, host: "h1", name: name, uuid: nil, parent: parent)
    }

    private func holds(_ scope: String, _ object: ObjectReference, for name: String = "anna") -> Bool? {
        Scope(scope)?.holds(object, for: name, rules: rules)
    }

    @Test(arguments: ["*", "own", "vm:web-*", "owner:*", "host:h?", "network:lan", "pool:*", "volume:a:b", "secret:x", "port:y", "filter:z"])
    func `a scope reads as it is written`(text: String) { #expect(Scope(text)?.description == text) }

    @Test(arguments: ["", "**", "vm", "vm:", "own:x", "*:x", "domain:x", "VM:x", " vm:x", "snapshot:x", ":x"])
    func `anything else is no scope`(text: String) { #expect(Scope(text) == nil) }

    @Test func `everything is everything, the server too`() {
        for object in [vm("x", .disputed("?")), .host("h"), object("pool", "p"), .server] { #expect(holds("*", object) == true) }
    }

    @Test func `own is what belongs to the caller`() {
        #expect(holds("own", vm("x", .user("anna"))) == true)
        #expect(holds("own", vm("x", .user("Anna"))) == false)
        #expect(holds("own", vm("x")) == false)
        #expect(holds("own", vm("x", .disputed("anna"))) == false)
        #expect(holds("own", .host("h9")) == false && holds("own", .server) == false)
        #expect(holds("own", object("pool", "fast")) == true && holds("own", object("volume", "x", in: "fast")) == true)
        #expect(holds("own", object("volume", "anna-1", in: "slow")) == true && holds("own", object("volume", "x", in: "slow")) == false)
        #expect(holds("own", object("network", "lan7")) == true && holds("own", object("port", "u", in: "lan7")) == true)
        #expect(holds("own", object("secret", "fast")) == false && holds("own", object("pool", "fast"), for: "bert") == false)
    }

    @Test func `a pattern is for objects of its kind, and for what belongs to them`() {
        #expect(holds("vm:web-*", vm("web-1")) == true && holds("vm:web-*", vm("xweb-1")) == false)
        #expect(holds("vm:*", object("network", "x")) == false && holds("vm:*", .host("x")) == false)
        #expect(
            holds("owner:an*", vm("x", .user("anna"))) == true && holds("owner:*", vm("x")) == false
                && holds("owner:*", vm("x", .disputed(""))) == false)
        #expect(holds("host:h1", vm("x")) == true && holds("host:h1", .host("h1")) == true && holds("host:h1", object("pool", "p")) == true)
        #expect(holds("host:h1", vm("x", host: "h11")) == false && holds("host:*", .server) == false)
        #expect(holds("pool:f*", object("pool", "f")) == true && holds("pool:f*", object("volume", "v", in: "f")) == true)
        #expect(holds("volume:f*", object("pool", "f")) == false && holds("volume:v", object("volume", "v", in: "p")) == true)
        #expect(holds("network:n", object("port", "u", in: "n")) == true && holds("network:n", object("pool", "n")) == false)
    }

    @Test func `the first rule that fits says whose a domain is`() {
        #expect(rules.owner(ofDomain: "a-b1", on: "h1") == "anna" && rules.owner(ofDomain: "b", on: "h1") == "bert")
        #expect(rules.owner(ofDomain: "b", on: "h9") == "anna" && rules.owner(ofDomain: "c", on: "h1") == nil)
    }

    @Test(
        arguments: [
            ("*", "", true), ("*", "x", true), ("a*", "a", true), ("a*", "ba", false), ("*a", "ba", true), ("a*c", "abc", true), ("a*c", "ac", true),
            ("a*a", "a", false), ("*ab*ab", "ab", false), ("*ab*ab", "abab", true), ("a", "A", false), ("é", "e\u{301}", false),
            ("a*b*c", "aXbYbZc", true),
        ])
    func `a star stands for any text`(pattern: String, name: String, matches: Bool) { #expect(TextPattern(pattern)?.matches(name) == matches) }
}
