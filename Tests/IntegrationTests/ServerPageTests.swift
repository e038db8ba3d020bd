// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

/// What the server says of itself, and how it takes a configuration file.
@Suite(.timeLimit(.minutes(2))) final class ServerPageTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString).yaml").path

    deinit { try? FileManager.default.removeItem(atPath: file) }

    private func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }

    @Test func `a wrong file is named with its line, and nothing starts`() throws {
        for (text, message) in [
            ("access: read-only\nlissen: x\n", "2: There is no key"), ("access: all\n", "1: access is one of"), ("a: [", "This is not YAML"),
            ("pools: {p: {permissions: [\"domain:fly\"]}}", "1: pools: p: permissions are libvirt's"),
        ] {
            try write(text)
            let process = Process()
            process.executableURL = URL(filePath: Repository.path(".build/debug/handlervirt"))
            process.arguments = ["--listen", "127.0.0.1:0", "--config", file]
            process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HANDLERVIRT_") }
            let pipe = Pipe()
            process.standardError = pipe
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus != 0, "\(text)")
            #expect(said.hasPrefix("Error: \(file):") && said.contains(message), "\(said)")
            #expect(said.split(separator: "\n").count == 1, "\(said)")
        }
    }

    @Test func `a pool forbids on every way in, and hides what it forbids`() throws {
        try write(
            """
            pools: {looking: {permissions: ["*:getattr", "*:read", "connect:search_domains"]}}
            hosts: [{uri: "test:///default", title: The test host, pool: looking}]
            """)
        let server = try Server(connect: [], arguments: ["--config", file])
        defer { withExtendedLifetime(server) {} }  // it ends with its last reference
        let client = server.client
        for target in ["\(Given.vm)/virDomainDestroy", "/virt/nobody/test/virDomainDestroy", "/hosts/test/domains/\(Given.uuid)/virDomainDestroy"] {
            let response = try client.post(target)
            #expect(response.status == 403, "\(target)")
            #expect(response.text.contains("The host test is in the pool looking, which gives domain:stop to nobody."), "\(response.text)")
        }
        #expect(try client.post(Given.define, xml: Given.domain("new")).status == 403)
        #expect(try client.get(Given.vm).string("/hv:vm/hv:state") == "running")
        for target in ["/virt", Given.vm, "/hosts/test", "/hosts/test/networks/default"] {
            let page = try client.get(target)
            #expect(page.status == 200, "\(target)")
            #expect(try page.strings("//hv:action[hv:method='POST'] | //hv:link[@rel='create']").isEmpty, "\(target)")
        }
        #expect(try client.get("/settings").string("/hv:settings/hv:hosts/hv:host/hv:pool") == "looking")
    }

    @Test func `a pool without getattr hides its host`() throws {
        try write("pools: {closed: {permissions: []}}\nhosts: [{uri: \"test:///default\", name: hidden, pool: closed}]\n")
        let server = try Server(connect: [], arguments: ["--config", file])
        defer { withExtendedLifetime(server) {} }
        for target in ["/virt", "/hosts", "/settings", "/audit", "/health", "/virt?view=csv"] {
            let response = try server.client.get(target)
            #expect(response.status == 200, "\(target)")
            #expect(!response.text.contains("/hosts/hidden"), "\(target)")
        }
        #expect(try server.client.get("/hosts/hidden").status == 404)
    }

    @Test func `settings, health and metrics are as they say`() throws {
        let server = try Server(connect: ["test:///default", "test:///default"])
        defer { withExtendedLifetime(server) {} }
        let client = server.client
        let settings = try client.get("/settings")
        #expect(settings.status == 200)
        #expect(try settings.strings("//hv:option[@name='access']/hv:value | //hv:option[@name='access']/hv:origin") == ["read-write", "flag"])
        #expect(try settings.strings("//hv:host/@name") == ["test"], "one URI is one host")
        let health = try client.get("/health")
        #expect(health.status == 200)
        #expect(try health.string("/hv:health/hv:ready") == "true" && health.string("/hv:health/hv:hosts/hv:answering") == "1")
        let metrics = try client.get("/metrics", accept: "text/html")
        #expect(metrics.status == 200 && metrics.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(metrics.text.contains(#"handlervirt_requests_total{method="GET",status="200"} 2"#), "\(metrics.text)")
        #expect(metrics.text.contains("process_resident_memory_bytes ") && !metrics.text.contains(Given.uuid))
        for target in ["/settings", "/audit", "/health", "/metrics"] {
            #expect(try client.get("\(target)?x=1").status == 422, "\(target)")
            #expect(try client.post(target).status == 405, "\(target)")
            #expect(try client.get(target, method: "HEAD").status == 200, "\(target)")
        }
        #expect(try client.get("/settings?view=csv").status == 422)
    }
}
