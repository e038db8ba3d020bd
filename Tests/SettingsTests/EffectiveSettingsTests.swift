// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Access
import Foundation
import Logging
import Testing

@testable import Settings

@Suite final class EffectiveSettingsTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).yaml").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func settings(
        _ file: String? = nil, _ environment: [String: String] = [:], _ change: (inout Flags) -> Void = { _ in }
    ) throws -> EffectiveSettings {
        var flags = Flags()
        if let file {
            try file.write(toFile: path, atomically: true, encoding: .utf8)
            flags.config = path
        }
        change(&flags)
        return try EffectiveSettings(flags: flags, environment: environment, permissions: ConfigurationFileTests.known)
    }

    private func error(_ file: String? = nil, _ environment: [String: String] = [:], _ change: (inout Flags) -> Void = { _ in }) -> String {
        do {
            _ = try settings(file, environment, change)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test func `there is a default for everything`() throws {
        let settings = try settings()
        #expect(settings.listen == Setting(ListenAddress(host: "127.0.0.1", port: 8080), .default))
        #expect(settings.access == Setting(.readOnly, .default))
        #expect(settings.rendering == Setting(.server, .default))
        #expect(settings.logLevel == Setting(.info, .default))
        #expect(settings.isInsecure == Setting(false, .default))
        #expect(settings.stylesheets.value == nil && settings.file.value == nil)
        #expect(settings.hosts == [Setting(HostConfiguration(name: "test", uri: "test:///default"), .default)])
        #expect(settings.deadlines.all.map(\.seconds.value) == [10, 30, 600])
        #expect(
            settings.options.map(\.name) == [
                "config", "listen", "connect", "discover", "trust-network", "visibility", "users", "tokens", "session-key", "session-lifetime",
                "audit", "public-host", "trusted-proxy", "tls-certificate", "tls-key", "access", "insecure", "stylesheets", "render", "log-level",
            ])
        #expect(settings.sessionLifetime == Setting(43_200, .default) && settings.audit == Setting(.stderr, .default))
        #expect(settings.publicHosts.value.isEmpty && settings.trustedProxies.value.isEmpty && settings.limits == Limits())
    }

    @Test func `what the server shows to a network is set like the rest`() throws {
        let file = """
            users: u
            session-lifetime: 60
            audit: journald
            public-host: [a.example.org, "b.example.org:8443"]
            trusted-proxy: [192.0.2.1, 10.0.0.0/8]
            limits: {body: 2048, requests: 7}
            """
        let fromFile = try settings(file)
        #expect(fromFile.sessionLifetime == Setting(60, .file) && fromFile.audit == Setting(.journald, .file))
        #expect(fromFile.publicHosts.value.map(\.description) == ["a.example.org", "b.example.org:8443"])
        #expect(fromFile.trustedProxies.value.map(\.description) == ["192.0.2.1/32", "10.0.0.0/8"])
        #expect(fromFile.limits.body == Setting(2048, .file) && fromFile.limits.requests.value == 7 && fromFile.limits.parts.origin == .default)
        let environment = ["HANDLERVIRT_PUBLIC_HOST": "c.example.org\td.example.org", "HANDLERVIRT_SESSION_LIFETIME": "9", "HANDLERVIRT_AUDIT": "/a"]
        let fromEnvironment = try settings(file, environment)
        #expect(fromEnvironment.publicHosts.value.map(\.description) == ["c.example.org", "d.example.org"])
        #expect(fromEnvironment.publicHosts.origin == .environment && fromEnvironment.audit.value == .file("/a"))
        #expect(fromEnvironment.sessionLifetime == Setting(9, .environment))
        #expect(try settings(file, environment) { $0.publicHosts = ["e"] }.publicHosts == Setting([try #require(PublicHost("e"))], .flag))
    }

    @Test func `what the server shows to a network is checked`() {
        #expect(error { $0.tlsCertificate = "a" }.contains("belong together"))
        #expect(error { $0.tlsKey = "a" }.contains("belong together"))
        #expect(error { $0.tokens = "a" }.contains("--tokens needs --users"))
        #expect(error { $0.sessionKey = "a" }.contains("need --users"))
        #expect(error { $0.sessionLifetime = "60" }.contains("need --users"))
        #expect(error { $0.sessionLifetime = "0" }.contains("--session-lifetime is seconds from 1 to"))
        #expect(error { $0.publicHosts = ["a b"] }.contains("--public-host is a name or an address"))
        #expect(error { $0.trustedProxies = ["proxy.example.org"] }.contains("--trusted-proxy is an address or a network"))
        #expect(error("limits: {body: 1}").contains(".yaml:1: limits: body is a whole number from 1024 to"))
        #expect(error("limits: {bodies: 1}").contains("no key \u{201C}bodies\u{201D}"))
    }

    @Test(arguments: [
        ("vms.example.org", "vms.example.org"), ("VMS.Example.org.", "vms.example.org"), ("a:8443", "a:8443"), ("[::1]:80", "[::1]:80"),
        ("[::1]", "[::1]"), ("192.0.2.1", "192.0.2.1"),
    ])
    func `a public host is a name or an address`(text: String, host: String) { #expect(PublicHost(text)?.description == host) }

    @Test(arguments: ["", ":80", "a:", "a:b", "a:65536", "a b", "a/b", "a@b", "::1", "[::1", "[a]", "\u{e4}.org", "a\u{0}"])
    func `nothing else is one`(text: String) { #expect(PublicHost(text) == nil) }

    @Test func `a flag beats the environment, that the file, and that the default`() throws {
        let file = """
            listen: 127.0.0.1:1
            connect: [test:///file]
            access: read-write
            render: client
            log-level: debug
            stylesheets: /
            discover: true
            trust-network: false
            deadlines: {acting: 5}
            """
        let environment = [
            "HANDLERVIRT_LISTEN": "127.0.0.1:2", "HANDLERVIRT_CONNECT": " test:///a\ttest:///b\n", "HANDLERVIRT_ACCESS": "read-only",
            "HANDLERVIRT_RENDER": "server", "HANDLERVIRT_LOG_LEVEL": "error", "HANDLERVIRT_STYLESHEETS": "/tmp", "HANDLERVIRT_DISCOVER": "0",
        ]
        func flags(_ flags: inout Flags) {
            flags.listen = "127.0.0.1:3"
            flags.connect = ["test:///flag"]
            flags.access = "read-write"
            flags.render = "client"
            flags.logLevel = "trace"
            flags.stylesheets = "/usr"
            flags.discover = true
            flags.trustNetwork = true
        }
        func summary(_ settings: EffectiveSettings) -> [String] {
            settings.options.dropFirst().filter { $0.origin != .default }.map {
                "\($0.values.joined(separator: " ")) \($0.origin)"
            }
        }
        let fromFile = try settings(file)
        #expect(
            summary(fromFile) == [
                "127.0.0.1:1 file", "test:///file file", "true file", "false file", "read-write file", "/ file", "client file", "debug file",
            ])
        #expect(fromFile.deadlines.acting == Setting(5, .file) && fromFile.deadlines.reading == Setting(10, .default))
        #expect(fromFile.file == Setting(path, .flag))
        #expect(
            summary(try settings(file, environment))
                == [
                    "127.0.0.1:2 environment", "test:///a test:///b environment", "false environment", "false file", "read-only environment",
                    "/tmp environment", "server environment",
                    "error environment",
                ])
        #expect(
            summary(try settings(file, environment, flags))
                == ["127.0.0.1:3 flag", "test:///flag flag", "true flag", "true flag", "read-write flag", "/usr flag", "client flag", "trace flag"])
        #expect(try settings(file, ["HANDLERVIRT_LISTEN": "", "HANDLERVIRT_CONNECT": " "]).listen.origin == .file)
    }

    @Test func `who looks for hosts needs name none, and who trusts the network looks for them`() throws {
        #expect(try settings("discover: true").hosts.isEmpty)
        #expect(try settings("discover: true").warning == nil)
        #expect(try settings("discover: true\ntrust-network: true").warning != nil)
        #expect(throws: SettingsError.self) { try settings("trust-network: true") }
    }

    @Test func `the environment names the file too, and a flag another one`() throws {
        try "listen: 127.0.0.1:9\n".write(toFile: path, atomically: true, encoding: .utf8)
        let settings = try EffectiveSettings(flags: Flags(), environment: ["HANDLERVIRT_CONFIG": path], permissions: [])
        #expect(settings.file == Setting(path, .environment) && settings.listen.value.port == 9)
        #expect(error(nil, ["HANDLERVIRT_CONFIG": path]) { $0.config = "/no/such" }.hasPrefix("/no/such: "))
    }

    @Test func `hosts of the file and of connect are joined, and one URI is one host`() throws {
        let file = """
            hosts:
            - uri: qemu+tls://node1/system
              title: First
            - {name: test, uri: "test:///second"}
            - {uri: "qemu+ssh://node1/system"}
            """
        let settings = try settings(file) {
            $0.connect = ["qemu+tls://node1/system", "test:///default", "test:///default", "qemu+tcp://node1/system"]
        }
        #expect(settings.hosts.map(\.value.name) == ["node1", "test", "node1-2", "test-2", "node1-3"])
        #expect(settings.hosts.map(\.origin) == [.file, .file, .file, .flag, .flag])
        #expect(settings.hosts.first?.value.title == "First")
        #expect(try self.settings(file).hosts.count == 3)
    }

    @Test func `a host is in its pool`() throws {
        let settings = try settings(
            "pools: {p: {permissions: [domain:read]}, q: {permissions: []}}\nhosts: [{uri: a, pool: p}, {uri: b}, {uri: c, pool: q}]")
        #expect(settings.pools.map(\.name) == ["p", "q"])
        #expect(settings.poolsByHost.mapValues(\.name) == ["a": "p", "c": "q"])
        let gate = Gate(mode: .readWrite, pools: settings.poolsByHost)
        #expect(gate.decide(.anonymous, "domain:start", .host("b")).isAllowed)
        #expect(!gate.decide(.anonymous, "domain:start", .host("a")).isAllowed)
    }

    @Test func `what is wrong is said with where it was said`() {
        #expect(error { $0.listen = "x" }.hasPrefix("--listen is HOST:PORT"))
        #expect(error(nil, ["HANDLERVIRT_LISTEN": "127.0.0.1:70000"]).hasPrefix("HANDLERVIRT_LISTEN is HOST:PORT"))
        #expect(error("\nlisten: \"x\"").hasPrefix("\(path):2: listen is HOST:PORT"))
        #expect(error { $0.access = "all" }.hasPrefix("--access is one of: read-only, read-write; this is \u{201C}all\u{201D}."))
        #expect(error(nil, ["HANDLERVIRT_LOG_LEVEL": "loud"]).hasPrefix("HANDLERVIRT_LOG_LEVEL is one of: trace, "))
        #expect(error("render: both").hasPrefix("\(path):1: render is one of: server, client"))
        #expect(error { $0.stylesheets = "/no/such" } == "--stylesheets is a directory; there is none at \u{201C}/no/such\u{201D}.")
        #expect(error("stylesheets: nowhere").contains("c"))
        #expect(error(nil, ["HANDLERVIRT_INSECURE": "maybe"]).hasPrefix("HANDLERVIRT_INSECURE is one of"))
        #expect(error("connect: ['a b']").hasPrefix("\(path):1: connect is a list of libvirt connection URIs"))
        #expect(error("typo: 1").hasPrefix("\(path):1: There is no key"))
    }

    @Test(arguments: [
        ("0.0.0.0:1", true), ("[::]:1", true), ("node:1", true), ("127.0.0.1:1", false), ("127.1.2.3:1", false), ("[::1]:1", false),
        ("localhost:1", false),
    ])
    func `everyone may modify only on loopback, unless told so`(address: String, isRefused: Bool) throws {
        let file = "listen: \"\(address)\"\naccess: read-write\n"
        #expect(error(file).contains("Everyone who reaches") == isRefused)
        #expect(try settings(file + "insecure: true\n").isInsecure == Setting(true, .file))
        #expect(try settings(file) { $0.insecure = true }.isInsecure == Setting(true, .flag))
        #expect(error(file + "insecure: true\n", ["HANDLERVIRT_INSECURE": "no"]).contains("Everyone who reaches") == isRefused)
        #expect(try settings(file, ["HANDLERVIRT_ACCESS": "read-only"]).access.value == .readOnly)
    }

    @Test(arguments: ["127.0.0.1:8080", "[::1]:8080", "localhost:0", "node.example:65535"]) func `an address is written as it is read`(text: String) {
        #expect(ListenAddress(text)?.description == text)
    }

    @Test(arguments: ["", ":80", "a", "a:", "a:+1", "a:-1", "a:65536", "a:1x", "a b:1", "[]:1"]) func `what is no address is none`(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test func `where owners see their own there must be users, and where everyone sees all grants give nothing`() throws {
        #expect(error { $0.visibility = "owner" }.contains("--users"))
        #expect(error("grants: [{role: admin, user: a}]").contains("grants give nothing"))
        let settings = try settings(
            "visibility: owner\nusers: u\naccess: read-write\nlisten: '0.0.0.0:80'\ngrants: [{role: admin, user: a, on: own}]")
        #expect(settings.visibility == Setting(.owner, .file) && settings.warning == nil)
        #expect(settings.users.value?.hasSuffix("/u") == true && settings.users.value?.hasPrefix("/") == true)
        #expect(settings.authority.grants == [Grant(.admin, to: .user("a"), on: .own)])
        #expect(error { $0.visibility = "mine" }.contains("everyone, owner"))
    }

    @Test func `everyone may modify everything on the network only out loud`() throws {
        func open(_ flags: inout Flags) {
            flags.listen = "0.0.0.0:80"
            flags.access = "read-write"
        }
        #expect(error(nil, [:], open).contains("--insecure"))
        let settings = try settings(nil, ["HANDLERVIRT_INSECURE": "1"], open)
        #expect(settings.warning?.contains("Everyone") == true)
        #expect(try self.settings { $0.access = "read-write" }.warning == nil)
    }
}
