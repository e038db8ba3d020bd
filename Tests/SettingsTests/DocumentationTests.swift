// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Commands
import Foundation
import Testing

@testable import Settings

/// docs/configuration.md shows a file that is one.
@Suite struct DocumentationTests {
    private static let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private func example() throws -> String {
        let text = try String(contentsOf: Self.top.appending(path: "docs/configuration.md"), encoding: .utf8)
        return String(try #require(text.firstMatch(of: /(?s)```yaml\n(.*?)```/)).1)
    }

    @Test func `the example is read, and names every key`() throws {
        let text = try example()
        let file = try ConfigurationFile(text, file: "example", known: CommandTable.permissions)
        #expect(file.hosts.map { $0.name ?? "" } == ["node1", ""])
        #expect(file.hosts.first?.settings.title == "First floor" && file.hosts.first?.settings.pool == "production")
        #expect(file.pools.first?.allows("domain:start") == true && file.pools.first?.allows("domain:stop") == false)
        #expect(file.authority.grants.map(\.scope.description) == ["*", "*", "vm:web-*", "own"])
        #expect(
            file.authority.rules.owner(ofDomain: "alice-1", on: "node1") == "alice"
                && file.authority.rules.owner(ofDomain: "x", on: "node9") == "alice")
        #expect(file.authority.roles.first?.gives("connect:search_domains") == true && file.authority.groups.first?.members == ["carol", "dave"])
        #expect(file.deadlines.all.map(\.seconds.origin) == [.file, .file, .file])
        #expect(file.limits.all.map(\.limit.value) == Limits().all.map(\.limit.value) && file.limits.all.allSatisfy { $0.limit.origin == .file })
        #expect(file.switches == ["insecure": false, "discover": true, "trust-network": false])
        #expect(file.discovery.keep.value == 600 && file.discovery.rules.map(\.transport) == [.tls, .tcp])
        #expect(file.discovery.rules.first?.pool == "production" && file.discovery.rules.first?.name?.matches("node12.example.org") == true)
        for key in ConfigurationFile.keys + HostEntry.keys + ["ca", "certificate", "key", "keep", "allow", "network", "transport"] {
            #expect(text.contains("\(key):"), "\(key)")
        }
    }

    @Test func `the README names every option`() throws {
        let text = try String(contentsOf: Self.top.appending(path: "README.md"), encoding: .utf8)
        let settings = try EffectiveSettings(flags: Flags(), environment: [:], permissions: [])
        for option in settings.options { #expect(text.contains("`--\(option.name)"), "\(option.name)") }
    }
}
