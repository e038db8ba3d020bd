// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation
import Testing

/// Whatever a domain is called, its address leads to it.
@Suite(.blocking, .serialized, .timeLimit(.minutes(5))) struct NameTests {
    private static let chosen = [
        "..", ".", "...", " ", "~x", "~", "~Li4", "a?b#c&d", "x%2fy", "%2e%2e", "%", "%00", "<b>", "\"'", "emoji \u{1F600}\u{1F468}\u{200D}\u{1F469}",
        "e\u{301}", "\u{E9}",
        "a+b", "a b", " a ", "a;b=c", "a:b", "\\", "-n", "--", "0", "null", "virDomainDestroy", "nobody", "\u{202E}abc", "\u{FEFF}x", "a\tb", "]]>",
        "&amp;", "*", "|",
        "domains", "\u{FFFD}", "a,b", "a@b", "(x)", "[::1]", "{}", "^", "`", "$HOME", "\u{10FFFD}", Given.uuid,
        "6695EB01-F6A4-8304-79AA-97F2502E193F",
        String(repeating: "n", count: 300), String(repeating: "\u{4E2D}", count: 300),
    ]

    /// Two hundred names, the same on every run.
    private static var names: [String] {
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let alphabet = Array("abcXYZ019-._~!$&'()*+,;=:@%?#[]<>\"\\^`{|} \t\u{E9}\u{301}\u{4E2D}\u{1F600}\u{5D0}\u{200B}".unicodeScalars)
        var names = chosen
        while names.count < 200 {
            var name = String.UnicodeScalarView()
            for _ in 0...next(20) { name.append(alphabet[next(alphabet.count)]) }
            names.append(String(name))
        }
        return names
    }

    @Test func `a domain's name and every link to it lead to it`() throws {
        let server = try Server()
        let client = server.client
        for name in Self.names {
            let label = Comment(rawValue: name.prefix(40).debugDescription)
            let defined = try client.post(Given.define, xml: Given.domain(name))
            guard defined.status == 200 else {
                Issue.record("\(label): \(defined.status) \(defined.text.prefix(1_000))")
                continue
            }
            let uuid = try #require(try defined.string("/hv:command/hv:result/hv:object/@id"), label)
            // The name that is another's UUID leads to that other: UUIDs win.
            let isUUID = name.lowercased() == Given.uuid
            let response = try client.get("/virt/nobody/\(PathSegment.encode(name))")
            #expect(response.status == 200, label)
            #expect(try response.string("/hv:vm/@id") == (isUUID ? Given.uuid : uuid), label)
            if !isUUID { #expect(try response.string("/hv:vm/hv:name").map { $0.unicodeScalars.elementsEqual(name.unicodeScalars) } == true, label) }
            let list = try client.get("/virt?max=5&q=\(uuid)")
            let href = try #require(try list.string("//hv:vm[@id='\(uuid)']/@href"), label)
            let linked = try client.get(href)
            #expect(try linked.string("/hv:vm/@id") == uuid, label)
            #expect(try linked.string("/hv:vm/hv:name").map { $0.unicodeScalars.elementsEqual(name.unicodeScalars) } == true, label)
            #expect(try client.get("/virt?q=\(PathSegment.encode(name).hasPrefix("~") ? "x" : PathSegment.encode(name))").status == 200, label)
            #expect(
                try client.get("\(href)/virDomainGetName").string("/hv:command/hv:result/hv:string").map {
                    $0.unicodeScalars.elementsEqual(name.unicodeScalars)
                } == true, label)
            #expect(try client.post("\(href)/virDomainUndefine").status == 200, label)
            #expect(try client.get(href).status == 404, label)
        }
        #expect(try client.get("/virt").strings("//hv:vm/hv:name") == ["test"])
        #expect(server.isRunning)
    }

    @Test func `pages with all names at once link to each`() throws {
        let server = try Server()
        let client = server.client
        let names = Self.names.prefix(60)
        for name in names { #expect(try client.post(Given.define, xml: Given.domain(name)).status == 200, "\(name.prefix(40).debugDescription)") }
        let list = try client.get("/virt")
        let hrefs = try list.strings("/hv:vms/hv:vm/@href")
        #expect(hrefs.count == names.count + 1)
        for href in hrefs { #expect(try client.get(href, accept: "text/html").status == 200, "\(href)") }
        for view in ["html", "json", "csv", "raw"] { #expect(try client.get("/virt?view=\(view)").status == 200) }
    }
}
