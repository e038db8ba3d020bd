// SPDX-License-Identifier: GPL-2.0-or-later
import Settings
import Testing

@testable import Web

@Suite struct SenderPolicyTests {
    private func isTaken(
        _ host: String, origins: [String] = [], sites: [String] = [], isSecure: Bool = false, isConfigured: Bool = false, byCookie: Bool = false
    ) throws -> Bool {
        let policy = SenderPolicy(host: try #require(PublicHost(host)), isSecure: isSecure, isConfigured: isConfigured)
        return policy.refusal(origins: origins, sites: sites, byCookie: byCookie) == nil
    }

    @Test(arguments: [
        ("vms:8080", "http://vms:8080"), ("VMS:8080", "http://vms:8080"), ("vms", "http://vms"), ("vms:80", "http://vms"), ("vms", "http://vms:80"),
        ("[::1]:8080", "http://[::1]:8080"), ("127.0.0.1:1", "http://127.0.0.1:1"),
    ])
    func `a page of ours is taken`(host: String, origin: String) throws {
        #expect(try isTaken(host, origins: [origin]))
        #expect(try isTaken(host, origins: [origin], sites: ["same-origin"], byCookie: true))
    }

    @Test(arguments: [
        "null", "", "http://evil.example", "http://vms", "http://vms:8081", "https://vms:8080", "http://vms:8080.evil.example", "http://vms:8080/",
        "http://x@vms:8080", "vms:8080", "//vms:8080", "ftp://vms:8080", "http://vms:8080 http://vms:8080", "HTTP://vms:8080", "http:/vms:8080",
        "http://127.0.0.1:8080", "http://", "http://vms:8080,http://vms:8080",
    ])
    func `every other origin is refused`(origin: String) throws {
        #expect(try !isTaken("vms:8080", origins: [origin]))
        #expect(try !isTaken("vms:8080", origins: [origin], sites: ["same-origin"]))
    }

    @Test(arguments: ["cross-site", "same-site", "none", "", "same-origin, same-origin", "SAME-ORIGIN"])
    func `every other site is refused`(site: String) throws {
        #expect(try !isTaken("vms", sites: [site]))
        #expect(try !isTaken("vms", origins: ["http://vms"], sites: [site]))
        #expect(try !isTaken("vms", origins: ["http://vms"], sites: ["same-origin", site]))
    }

    @Test func `two origins are refused`() throws {
        #expect(try !isTaken("vms", origins: ["http://vms", "http://vms"]))
    }

    @Test func `what says nothing is taken, unless a cookie alone tells who sent it`() throws {
        #expect(try isTaken("vms"))
        #expect(try !isTaken("vms", byCookie: true))
        #expect(try isTaken("vms", sites: ["same-origin"], byCookie: true))
        #expect(try isTaken("vms", origins: ["http://vms"], byCookie: true))
    }

    @Test func `by TLS only its own scheme will do`() throws {
        #expect(try isTaken("vms", origins: ["https://vms"], isSecure: true))
        #expect(try isTaken("vms:443", origins: ["https://vms"], isSecure: true))
        #expect(try !isTaken("vms", origins: ["http://vms"], isSecure: true))
        #expect(try !isTaken("vms:80", origins: ["https://vms"], isSecure: true))
    }

    @Test func `behind a proxy that may speak TLS a configured host may be of either scheme`() throws {
        #expect(try isTaken("vms", origins: ["https://vms"], isConfigured: true))
        #expect(try isTaken("vms", origins: ["http://vms"], isConfigured: true))
        #expect(try !isTaken("vms", origins: ["https://vms"]))
        #expect(try !isTaken("vms", origins: ["http://vms"], isSecure: true, isConfigured: true))
    }
}
