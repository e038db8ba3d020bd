// SPDX-License-Identifier: GPL-2.0-or-later

import TestSupport
import Testing

@testable import Addresses

@Suite struct RequestTargetTests {
    @Test func `a target is split raw and decoded once`() throws {
        let target = try RequestTarget("/virt/a%2Fb?state=running&q=x+y#frag")
        #expect(target.path == "/virt/a%2Fb")
        #expect(target.segments == ["virt", "a/b"])
        #expect(target.query.map(\.name) == ["state", "q"])
        #expect(target.query("q") == "x y")
        #expect(target.query("none") == nil)
        #expect(!target.hasTrailingSlash)
    }

    @Test func `a percent sign is decoded once`() throws {
        let target = try RequestTarget("/a%252Fb/%252e%252e?x=%2525")
        #expect(target.segments == ["a%2Fb", "%2e%2e"])
        #expect(target.query("x") == "%25")
    }

    @Test(
        arguments: [
            ("/", [], false), ("/virt", ["virt"], false), ("/virt/", ["virt"], true), ("/virt/?a=b", ["virt"], true), ("/~/~Li4", ["", ".."], false),
            ("http://host", [], false), ("HTTPS://user@[::1]:80/a/b?c", ["a", "b"], false), ("http://host?x=/a//b", [], false),
            ("http://host#/a", [], false),
            ("/?x=/../y", [], false), ("/a+b", ["a+b"], false), ("/ü", ["ü"], false),
        ] as [(String, [String], Bool)])
    func `both forms are accepted`(text: String, segments: [String], hasTrailingSlash: Bool) throws {
        let target = try RequestTarget(text)
        #expect(target.segments == segments)
        #expect(target.hasTrailingSlash == hasTrailingSlash)
    }

    @Test(arguments: ["", "*", "virt", "host:443", "ftp://host/", "http://", "http:///a", "http:/a", "?a", "#", "mailto:a"])
    func `other forms are refused`(text: String) {
        let error = #expect(throws: PathError.self) { try RequestTarget(text) }
        #expect(error?.code == .form)
    }

    @Test(arguments: ["//", "//host/a", "/a//b", "/a//", "/./a", "/a/..", "/a/../", "/%2e%2e/a", "/%2E", "/a/.%2e/b", "http://host//a"])
    func `what others would resolve is refused`(text: String) {
        let error = #expect(throws: PathError.self) { try RequestTarget(text) }
        #expect(error?.code == .segment)
    }

    @Test(arguments: ["/a%", "/a%zz", "/%00", "/%ff", "/~!", "/a b", "/a\r\nb", "/a\0", "/a?b=%", "/a?b=%ff", "/a?%00", "/a#\n", "/\u{7F}"])
    func `malformed targets are refused`(text: String) {
        let error = #expect(throws: PathError.self) { try RequestTarget(text) }
        #expect(error?.code == .malformed)
    }

    @Test func `a slash with a combining mark still splits`() throws {
        #expect(try RequestTarget("/a/\u{301}b").segments == ["a", "\u{301}b"])
    }

    @Test func `a target may be 8 KiB long and no longer`() throws {
        let longest = "/" + String(repeating: "a", count: RequestTarget.maximumLength - 1)
        #expect(try RequestTarget(longest).segments.count == 1)
        let error = #expect(throws: PathError.self) { try RequestTarget(longest + "a") }
        #expect(error?.code == .tooLong)
    }

    @Test(
        arguments: [
            ([], "/virt/~YS9i/?a=1&flags=X&b=2&flags=Y&c="),
            ([("a", "x y&z")], "/virt/~YS9i/?a=x+y%26z&flags=X&b=2&flags=Y&c="),
            ([("flags", nil)], "/virt/~YS9i/?a=1&b=2&c="),
            ([("flags", "Z"), ("max", "100"), ("flags", "W")], "/virt/~YS9i/?a=1&flags=Z&flags=W&b=2&c=&max=100"),
            ([("none", nil), ("ü", "")], "/virt/~YS9i/?a=1&flags=X&b=2&flags=Y&c=&%C3%BC="),
            ([("a", nil), ("flags", nil), ("b", nil), ("c", nil)], "/virt/~YS9i/"),
        ] as [([(String, String?)], String)])
    func `query items are set, added and removed where they stand`(changes: [(String, String?)], expected: String) throws {
        let target = try RequestTarget("/v%69rt/a%2Fb/?a=1&flags=X&b=2&&flags=Y&c#d")
        #expect(target.target(setting: changes) == expected)
    }

    @Test func `names are compared byte for byte`() throws {
        let target = try RequestTarget("/?%E2%84%AA=kelvin&K=letter&K=again")
        #expect(target.query("K") == "letter")
        #expect(target.queryValues("K") == ["letter", "again"])
        #expect(target.target(setting: [("K", nil)]) == "/?%E2%84%AA=kelvin")
    }

    @Test(arguments: UInt64(0)..<8)
    func `any segments and items survive a round trip`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let segments = (0..<Int.random(in: 1...5, using: &random)).map { _ in random.text(upTo: 8) }
            let items = (0..<Int.random(in: 0...5, using: &random)).map { _ in (random.text(upTo: 8), random.text(upTo: 20)) }
            let slash = Bool.random(using: &random)
            let text = "/" + segments.map(PathSegment.encode(_:)).joined(separator: "/") + (slash ? "/" : "") + "?" + URLEncodedForm.encode(items)
            let target = try RequestTarget(text)
            #expect(target.segments.map { Array($0.utf8) } == segments.map { Array($0.utf8) }, "seed \(seed), round \(round)")
            #expect(target.query.map { Array($0.name.utf8) } == items.map { Array($0.0.utf8) }, "seed \(seed), round \(round)")
            #expect(target.query.map { Array($0.value.utf8) } == items.map { Array($0.1.utf8) }, "seed \(seed), round \(round)")
            #expect(target.hasTrailingSlash == slash, "seed \(seed), round \(round)")
            #expect(target.target() == (items.isEmpty ? String(text.dropLast()) : text), "seed \(seed), round \(round)")
        }
    }

    @Test func `no mutation crashes, and what is accepted is stable`() throws {
        let seed: UInt64 = 1
        var random = SeededGenerator(seed: seed)
        let texts = [
            "/virt/nobody/a%2Fb/virDomainGetXMLDesc?flags=VIR_DOMAIN_XML_SECURE&q=x+y%C3%BC#f", "http://host:80/~Li4/?a=b&c", "/hosts/~_w/%E2%82%AC/",
        ]
        for round in 0..<10_000 {
            let bytes = random.mutation(of: Array(texts[round % texts.count].utf8))
            guard let target = try? RequestTarget(String(decoding: bytes, as: UTF8.self)) else { continue }
            let canonical = target.target()
            #expect(try RequestTarget(canonical).target() == canonical, "seed \(seed), round \(round)")
            #expect(try RequestTarget(canonical).segments == target.segments, "seed \(seed), round \(round)")
        }
    }
}
