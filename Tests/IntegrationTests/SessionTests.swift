// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import TestSupport
import Testing

/// Logging in and out over HTTP. Each document that arrives is validated.
@Suite(.timeLimit(.minutes(2))) final class SessionTests {
    private let users = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)").path
    private let server: Server
    private var client: HTTPClient { server.client }

    /// Of `secret`, and computed within a millisecond or two.
    private static let hash = "$y$j75$csS5j2L6lgW5gF9IErJ9G1$xCXDZbeBLAlhe6fltt2UXvRQPM6CTzF7IVlbMkUHh.8"

    init() throws {
        try "anna:\(Self.hash)\n".write(toFile: users, atomically: true, encoding: .utf8)
        server = try Server(arguments: ["--visibility", "owner", "--users", users, "--trusted-proxy", "127.0.0.1"])
    }

    deinit { try? FileManager.default.removeItem(atPath: users) }

    private func login(_ headers: [String] = [], accept: String? = nil, next: String = "") throws -> HTTPResponse {
        try client.post("/login", form: "name=anna&password=secret&next=\(next)", accept: accept, headers: headers)
    }

    private func cookie(_ headers: [String] = []) throws -> String {
        let header = try #require(try login(headers).header("Set-Cookie"))
        return String(header.prefix { $0 != ";" })
    }

    @Test func `a login gives a cookie, the cookie a page, and a logout takes both`() throws {
        let response = try login()
        #expect(response.status == 200 && response.root == "login")
        let header = try #require(response.header("Set-Cookie"))
        #expect(header.hasPrefix("handlervirt=v1.") && header.hasSuffix("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"))
        let cookie = "Cookie: " + header.prefix { $0 != ";" }
        let page = try client.get("/virt", headers: [cookie])
        #expect(page.status == 200)
        #expect(try page.string("/*/hv:caller") == "anna" && page.string("/*/hv:link[@rel='logout']/@href") == "/logout")
        #expect(try client.get("/logout", headers: [cookie]).text.contains("You are logged in as anna."))
        // What a browser says of a form of ours. Without it nobody knows whose form it was.
        let own = "Sec-Fetch-Site: same-origin"
        #expect(try client.post("/logout", headers: [cookie]).status == 403)
        #expect(try client.post("/logout", headers: [cookie, "Origin: http://evil.example"]).status == 403)
        #expect(try client.get("/virt", headers: [cookie]).status == 200)
        // Beside an Authorization header a cookie is nothing, so nothing ends.
        let beside = try client.post("/logout", headers: [cookie, own, "Authorization: Basic x"])
        #expect(beside.status == 400 && beside.header("Set-Cookie") == nil)
        #expect(try client.get("/virt", headers: [cookie]).status == 200)
        let logout = try client.post("/logout", headers: [cookie, own])
        #expect(logout.status == 200 && logout.root == "logout" && logout.header("Set-Cookie")?.contains("=; Path=/; Max-Age=0;") == true)
        #expect(try client.get("/virt", headers: [cookie]).status == 401)
        #expect(try client.post("/logout", headers: [cookie, own]).status == 200)
    }

    @Test func `a browser is led to where it wanted to be`() throws {
        for (next, location) in [("/hosts%3Fview=html", "/hosts?view=html"), ("//evil", "/virt"), ("/%5Cevil", "/virt"), ("", "/virt")] {
            let response = try login(accept: "text/html", next: next)
            #expect(response.status == 303 && response.header("Location") == location)
        }
    }

    @Test func `who is not known is told how to log in, a browser without a window of its own`() throws {
        let page = try client.get("/hosts?sort=x", accept: "text/html")
        #expect(page.status == 401 && page.headers.filter { $0.name == "WWW-Authenticate" }.map(\.value) == ["Bearer realm=\"handlervirt\""])
        #expect(page.text.contains(#"action="/login""#) && page.text.contains(#"name="next" value="/hosts?sort=x""#))
        for (target, accept) in [("/hosts", "application/xml"), ("/hosts", "application/json"), ("/virt?view=csv", "*/*")] {
            let response = try client.get(target, accept: accept)
            #expect(response.status == 401 && response.header("WWW-Authenticate")?.hasPrefix("Basic ") == true, "\(target)")
        }
        let posted = try client.post("/virt/nobody/test/virDomainSuspend", form: "")
        #expect(try posted.status == 401 && posted.string("/hv:fault/hv:login/@href") == "/login" && posted.strings("//hv:next").isEmpty)
    }

    @Test func `with TLS in front the cookie is for TLS alone`() throws {
        let secure = ["X-Forwarded-Proto: https"]
        let header = try #require(try login(secure).header("Set-Cookie"))
        #expect(header.hasPrefix("__Host-handlervirt=v1.") && header.hasSuffix("; Secure"))
        let cookie = "Cookie: " + header.prefix { $0 != ";" }
        #expect(try client.get("/virt", headers: secure + [cookie]).status == 200)
        #expect(try client.get("/virt", headers: [cookie]).status == 401)
        #expect(try client.get("/virt", headers: secure + [cookie.replacing("__Host-", with: "")]).status == 401)
    }

    @Test func `a bad cookie is nobody's, is deleted, and never an error`() throws {
        let good = try cookie()
        var random = SeededGenerator(seed: 11)
        var cookies = [
            "handlervirt=", "handlervirt=v1..", "handlervirt=v1.A.A", good + "x", String(good.dropLast()), "\(good); \(good)", good.uppercased(),
            "handlervirt=" + String(repeating: "A", count: 8000), "handlervirt=\u{FC}",
        ]
        for _ in 0..<100 {
            let mutated = random.mutation(of: Array(good.utf8)).filter { $0 >= 0x20 && $0 != 0x7F && $0 < 0x80 }
            if mutated != Array(good.utf8) { cookies.append(String(decoding: mutated, as: UTF8.self)) }
        }
        for cookie in cookies {
            let response = try client.get("/virt", headers: ["Cookie: \(cookie)"])
            // A change behind the value leaves it as it was.
            guard response.status != 200 || !cookie.hasPrefix(good + ";") else { continue }
            #expect(response.status == 401, "\(cookie)")
            guard cookie.utf8.starts(with: "handlervirt=".utf8) else { continue }
            #expect(response.header("Set-Cookie") == "handlervirt=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", "\(cookie)")
        }
        #expect(try client.get("/virt", headers: ["Cookie: \(good)"]).status == 200)
        #expect(try client.get("/virt", headers: ["Cookie: a=b"]).header("Set-Cookie") == nil)
    }

    @Test func `a wrong password shows the name again and never the password`() throws {
        for accept in ["text/html", "application/xml", "application/json"] {
            let form = "name=%3Cb%3Eanna&password=hunter2hunter2&next=/hosts"
            let response = try client.post("/login", form: form, accept: accept, headers: ["Cookie: \(try cookie())", "Sec-Fetch-Site: same-origin"])
            #expect(response.status == 401 && response.header("Set-Cookie") == nil)
            #expect(response.text.contains("anna") && !response.text.contains("hunter2"))
            #expect(accept == "application/json" || !response.text.contains("<b>"))
        }
        #expect(!server.logLines.contains { $0.contains("hunter2") || $0.contains("secret") })
    }

    @Test func `a form of another shape is told so`() throws {
        #expect(try client.post("/login", form: "name=anna").status == 422)
        #expect(try client.post("/login", form: "name=anna&password=secret&x=1").status == 422)
        #expect(try client.post("/login", form: "name=anna&name=anna&password=secret").status == 422)
        #expect(try client.post("/login", form: "name=%FF&password=secret").status == 400)
        #expect(try client.post("/login", [UInt8](repeating: 65, count: 20_000), type: "application/x-www-form-urlencoded").status == 413)
        #expect(try client.post("/login", "<login/>".utf8, type: "application/xml").status == 415)
        #expect(try client.get("/login", method: "PUT").status == 405 && client.get("/login?x=1").status == 422)
        #expect(try client.post("/login?next=/x", form: "name=anna&password=secret").status == 422)
        for view in ["xml", "html", "raw", "json"] { #expect(try client.get("/login?next=/hosts&view=\(view)").status == 200, "\(view)") }
    }

    @Test func `without users nobody logs in`() throws {
        let open = try Server()
        defer { withExtendedLifetime(open) {} }  // it ends with its last reference
        #expect(try open.client.get("/login").status == 404 && open.client.post("/login", form: "name=a&password=b").status == 404)
        #expect(try open.client.get("/virt").strings("//hv:link[@rel='login']").isEmpty)
    }

    @Test func `what is the same for all offers nobody a login`() throws {
        let open = try Server(arguments: ["--users", users])
        defer { withExtendedLifetime(open) {} }
        #expect(try open.client.get("/virt?q=a").string("//hv:link[@rel='login']/@href") == "/login?next=%2Fvirt%3Fq%3Da")
        #expect(try open.client.get("/health").strings("//hv:link[@rel='login']").isEmpty)
    }
}
