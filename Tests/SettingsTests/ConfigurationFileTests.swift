// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Access
import Foundation
import Testing

@testable import Settings

@Suite struct ConfigurationFileTests {
    static let known: Set<Permission> = ["domain:read", "domain:getattr", "domain:start", "connect:getattr", "network:write"]

    private func file(_ text: String) throws -> ConfigurationFile { try ConfigurationFile(text, file: "c.yaml", known: Self.known) }

    private func error(_ text: String) -> String {
        do {
            _ = try file(text)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: ["", "# nothing\n", "---\n", "{}"]) func `a file may say nothing`(text: String) throws {
        guard text != "---\n" else {
            #expect(error(text).hasPrefix("c.yaml:"))
            return
        }
        let file = try file(text)
        #expect(file.options.isEmpty && file.hosts.isEmpty && file.pools.isEmpty)
    }

    @Test(
        arguments: [
            ("lissen: x", "c.yaml:1: There is no key \u{201C}lissen\u{201D} here."),
            ("\n\nuser: x", "c.yaml:3: There is no key \u{201C}user\u{201D} here."),
            ("listen: 8080", "c.yaml:1: listen is a text; write \u{201C}8080\u{201D} in quotation marks"),
            ("listen:", "c.yaml:1: listen is a text; there is none."),
            ("listen: ''", "c.yaml:1: listen is a text; there is none."), ("listen: [a]", "c.yaml:1: listen is a text, not a list."),
            ("listen: !odd a", "c.yaml:1: listen is a text"), ("listen: \"a\\nb\"", "c.yaml:1: listen is a text on one line."),
            ("listen: yes", "c.yaml:1: listen is a text; write \u{201C}yes\u{201D} in quotation marks"),
            ("- a", "c.yaml:1: The file is a list of keys with values, not a list."),
            ("text", "c.yaml:1: The file is a list of keys with values, not a single value."),
            ("1: x", "c.yaml:1: A key is a text"), ("[a]: x", "c.yaml:1: A key is a text, not a list."),
            ("<<: {listen: x}", "c.yaml:1: There is no key"),
            ("insecure: maybe", "c.yaml:1: insecure is true or false."), ("insecure: yes", "c.yaml:1: insecure is true or false."),
            ("insecure: \"true\"", "c.yaml:1: insecure is true or false."),
            ("connect: test:///default", "c.yaml:1: connect is a list, not a single value."),
            ("connect:\n- a\n- 1", "c.yaml:3: connect is a text"), ("hosts:", "c.yaml:1: hosts is a list, not a single value."),
            ("listen: a:1\nlisten: b:2", "The key listen is there more than once."),
            ("listen: a:1\n---\nlisten: b:2", "c.yaml:2: A second document begins here"),
            ("listen: [", "c.yaml:2: This is not YAML: "), ("listen: \"a", "c.yaml:1: This is not YAML: "),
            ("a\n b: c: d", "c.yaml:2: This is not YAML: "),
            ("listen: a\u{1}b", "c.yaml:1: This is not YAML: "), ("\n\nlisten: a\u{1}b", "c.yaml:3: This is not YAML: "),
            ("listen: *a", "c.yaml:1: This is not YAML: found undefined alias."), ("listen: &a b", "c.yaml:1: Anchors are not for this file."),
            ("listen: a\nconnect: &x\n- b", "c.yaml:2: Anchors are not for this file."), ("&a listen: b", "c.yaml:1: Anchors are not for this file."),
            ("discover: 1", "c.yaml:1: discover is true or false."),
            ("discovery: {keep: -1}", "c.yaml:1: discovery: keep is a whole number from 0 to 604800."),
            ("discovery: {alow: []}", "c.yaml:1: There is no key \u{201C}alow\u{201D} here. There are: keep, allow."),
            ("discovery:\n  allow:\n  - transport: tcp", "c.yaml:3: This rule fits every host"),
            ("discovery:\n  allow:\n  - name: 'a b'", "c.yaml:3: discovery: allow: name is a host name"),
            ("discovery:\n  allow:\n  - name: qemu+ssh://a/", "c.yaml:3: discovery: allow: name is a host name"),
            ("discovery:\n  allow:\n  - network: 10.0.0.1/8", "c.yaml:3: discovery: allow: network is a network"),
            ("discovery:\n  allow:\n  - network: 10.0.0.1", "c.yaml:3: discovery: allow: network is a network"),
            ("discovery:\n  allow:\n  - name: a\n    transport: ssh", "c.yaml:4: discovery: allow: transport is one of: tls, tcp"),
            ("discovery:\n  allow:\n  - name: a\n    transport: tcp\n    tls: {name: b}", "c.yaml:5: discovery: allow: tls is for the transport tls"),
            ("discovery:\n  allow:\n  - ca: /none/there", "c.yaml:3: discovery: allow: ca is a file; there is none"),
            ("discovery:\n  allow:\n  - name: a\n    pool: b", "c.yaml:4: discovery: allow: pool is one of pools"),
            ("discovery:\n  allow:\n  - name: a\n    uri: qemu:///system", "c.yaml:4: There is no key \u{201C}uri\u{201D} here."),
            ("deadlines: {reading: 0}", "c.yaml:1: deadlines: reading is a whole number from 1 to 86400."),
            ("deadlines: {reading: 1.5}", "c.yaml:1: deadlines: reading is a whole number"),
            ("deadlines: {reading: 0x10}", "c.yaml:1: deadlines: reading is a whole number"),
            ("deadlines: {reading: '10'}", "c.yaml:1: deadlines: reading is a whole number"),
            ("deadlines: {reading: 1:30}", "c.yaml:1: deadlines: reading is a whole number"),
            ("deadlines: {reading: 99999999999999999999}", "c.yaml:1: deadlines: reading is a whole number"),
            ("deadlines:\n  writing: 1", "c.yaml:2: There is no key \u{201C}writing\u{201D} here. There are: reading, acting, lasting."),
            ("hosts:\n- name: a", "c.yaml:2: This host has no uri."),
            ("hosts:\n- test:///default", "c.yaml:2: hosts is a list of keys with values, not a single value."),
            ("hosts:\n- uri: a\n  colour: red", "c.yaml:3: There is no key \u{201C}colour\u{201D} here."),
            ("hosts:\n- uri: a b", "c.yaml:2: hosts: uri is a libvirt connection URI"),
            ("hosts:\n- uri: a\n- uri: b\n- uri: a", "c.yaml:4: hosts: uri is that of the host in line 2"),
            ("hosts:\n- {uri: a, name: x}\n- {uri: b, name: x}", "c.yaml:3: hosts: name is that of the host in line 2"),
            ("hosts:\n- {uri: a, name: x/y}", "c.yaml:2: hosts: name is a segment of URLs"),
            ("hosts:\n- {uri: a, name: '..'}", "c.yaml:2: hosts: name is a segment of URLs"),
            ("hosts:\n- {uri: a, name: '~x'}", "c.yaml:2: hosts: name is a segment of URLs"),
            ("hosts:\n- {uri: a, name: ''}", "c.yaml:2: hosts: name is a text; there is none."),
            ("hosts:\n- {uri: a, pool: p}", "c.yaml:2: hosts: pool is one of pools; there is none of the name \u{201C}p\u{201D}."),
            (
                "hosts:\n- uri: a\n  tls:\n    ca: /no/such",
                "c.yaml:4: hosts: tls: ca is a file; there is none to be read at \u{201C}/no/such\u{201D}."
            ),
            ("hosts:\n- uri: a\n  tls: {certificate: /dev/null}", "c.yaml:3: hosts: tls has a certificate and its key, or neither."),
            ("hosts:\n- uri: a\n  tls: {passphrase: x}", "c.yaml:3: There is no key \u{201C}passphrase\u{201D} here."),
            ("pools: {p: {}}", "c.yaml:1: The pool p has no permissions"),
            ("groups: {ops: carl}", "c.yaml:1: groups: ops is a list, not a single value."),
            ("groups: {ops: ['a:b']}", "c.yaml:1: groups: ops is the name of a user, without a colon, and other than nobody."),
            ("roles: {r: {}}", "c.yaml:1: The role r has no permissions"),
            ("roles: {admin: {permissions: []}}", "c.yaml:1: admin is the name of a built-in role."),
            (
                "roles: {r: {permissions: ['domain:raed']}}",
                "c.yaml:1: roles: r: permissions are libvirt's; \u{201C}domain:raed\u{201D} is none of them."
            ),
            ("grants:\n- {user: a}", "c.yaml:2: This grant has no role."),
            (
                "grants:\n- {role: r, user: a}",
                "c.yaml:2: grants: role is one of: admin, operator, owner, owner-xml, viewer; this is \u{201C}r\u{201D}."
            ),
            ("grants:\n- {role: admin}", "c.yaml:2: A grant is for a user or for a group."),
            ("groups: {g: []}\ngrants:\n- {role: admin, user: a, group: g}", "c.yaml:3: A grant is for a user or for a group."),
            ("grants:\n- {role: admin, group: g}", "c.yaml:2: grants: group is one of groups; there is none of the name \u{201C}g\u{201D}."),
            ("grants:\n- {role: admin, user: a, on: vms}", "c.yaml:2: grants: on is *, own, or one of vm, owner, host, network"),
            ("grants:\n- {role: admin, user: nobody}", "c.yaml:2: grants: user is the name of a user"),
            ("owners: {nobody: {vms: [a]}}", "c.yaml:1: owners is the name of a user"),
            ("owners: {a: {vms: b}}", "c.yaml:1: owners: a: vms is a list, not a single value."),
            (
                "owners: {a: {domains: [b]}}",
                "c.yaml:1: There is no key \u{201C}domains\u{201D} here. There are: vms, hosts, pools, volumes, networks."
            ),
            ("pools: {p: [a]}", "c.yaml:1: pools: p is a list of keys with values, not a list."),
            (
                "pools:\n  p:\n    permissions:\n    - domain:read\n    - domain:raed",
                "c.yaml:5: pools: p: permissions are libvirt's; \u{201C}domain:raed\u{201D} is none of them."
            ),
            ("pools: {p: {permissions: ['host:*']}}", "c.yaml:1: pools: p: permissions are libvirt's"),
            ("pools: {p: {permissions: [read]}}", "c.yaml:1: pools: p: permissions are written object:permission"),
            ("pools: {p: {permissions: domain:read}}", "c.yaml:1: pools: p: permissions is a list, not a single value."),
        ])
    func `what is not as it should be is named with its line`(text: String, start: String) {
        let message = error(text)
        #expect(start.hasPrefix("The key") ? message.contains(start) : message.hasPrefix(start), "\(message)")
        #expect(message.hasSuffix(".") || message.contains("keys") || message.contains("insecure"), "\(message)")
    }

    @Test(.timeLimit(.minutes(1))) func `few lines that stand for millions are refused at once`() {
        var bomb = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<40 { bomb += "l\(level): &l\(level) [" + Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ") + "]\n" }
        #expect(error(bomb).hasPrefix("c.yaml:1: Anchors"))
        #expect(error(bomb + "? *l39\n: x\n").hasPrefix("c.yaml:1: Anchors"))
        #expect(error("? " + bomb.dropFirst(4)).hasPrefix("c.yaml:1: "))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["[", "{a: ", "- ", "? ", "[{a: "]) func `nesting without end is refused`(opening: String) {
        #expect(error("listen: " + String(repeating: opening, count: 100_000)).hasPrefix("c.yaml:"))
        #expect(error(String(repeating: opening, count: 100_000)).hasPrefix("c.yaml:"))
    }

    @Test func `text may look like YAML where it is quoted`() throws {
        let file = try file(
            "pools:\n  p: {permissions: ['*:getattr', \"domain:*\"]}\nhosts:\n- uri: test:///default\n  title: 'A & B *c &d'\n  pool: p\n")
        #expect(file.pools.first?.permissions.map(\.description) == ["*:getattr", "domain:*"])
        #expect(file.hosts.first?.settings.title == "A & B *c &d")
        #expect(file.hosts.first?.settings.pool == "p")
    }

    @Test func `paths are relative to the file`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data().write(to: directory.appending(path: "ca.pem"))
        let path = directory.appending(path: "c.yaml").path
        try "hosts:\n- uri: qemu+tls://a/system\n  tls: {ca: ca.pem, name: b}\n".write(toFile: path, atomically: true, encoding: .utf8)
        let host = try #require(try ConfigurationFile(path: path, known: []).hosts.first?.settings)
        #expect(host.tls == .init(name: "b", authority: directory.appending(path: "ca.pem").path))
    }

    @Test func `a file that cannot be read is named`() throws {
        #expect(throws: SettingsError("/no/such.yaml: The configuration file cannot be read.")) {
            try ConfigurationFile(path: "/no/such.yaml", known: [])
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([0x61, 0xFF]).write(to: URL(filePath: path))
        #expect(throws: SettingsError("\(path): The configuration file is not UTF-8.")) { try ConfigurationFile(path: path, known: []) }
        try Data(repeating: 0x20, count: (1 << 20) + 1).write(to: URL(filePath: path))
        #expect(throws: SettingsError("\(path): The configuration file is larger than 1 MiB.")) { try ConfigurationFile(path: path, known: []) }
    }
}
