// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Documents
import Foundation
import Settings
import Testing
import XML

/// What the server says of itself.
@Suite struct ServerDocumentTests {
    private static let schema = Result {
        let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try Schema(file: top.appending(path: "Public/schema/handlervirt.rng").path)
    }

    private func page(_ target: String) throws -> Page {
        Page(target: try RequestTarget(target), up: nil, in: Surroundings(mode: .readWrite, visibility: .everyone))
    }

    private func settings(_ text: String, _ change: (inout Flags) -> Void = { _ in }) throws -> EffectiveSettings {
        let path = FileManager.default.temporaryDirectory.appending(path: "settings-\(UUID().uuidString).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var flags = Flags()
        flags.config = path
        change(&flags)
        return try EffectiveSettings(flags: flags, environment: [:], permissions: ["domain:read"])
    }

    @Test func `settings are shown without secrets`() throws {
        let settings = try settings(
            """
            pools: {few: {permissions: ["domain:*"]}, none: {permissions: []}}
            hosts:
            - {uri: "qemu+ssh://root:hunter2@node8/system", title: Node, migration-uri: "qemu+tls://u:hunter2@10.0.0.8/system", pool: few}
            - {uri: "qemu+tls://node9/system", tls: {name: nine, ca: /dev/null, certificate: /dev/null, key: /dev/null}}
            """
        ) { $0.connect = ["esx://admin@vc/?password=hunter2"] }
        let bytes = SettingsDocument(page: try page("/settings"), settings: settings, hosts: settings.hosts).bytes
        let document = try Document(parsing: bytes)
        try Self.schema.get().validate(document)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!text.contains("hunter2") && !text.contains("root") && !text.contains("admin"))
        #expect(text.contains("<hv:uri>qemu+ssh://node8/system</hv:uri>") && text.contains("<hv:value>esx://vc/</hv:value>"))
        #expect(text.contains("<hv:migration-uri>qemu+tls://10.0.0.8/system</hv:migration-uri>"))
        #expect(text.contains(#"<hv:pool name="few"><hv:permission>domain:*</hv:permission></hv:pool><hv:pool name="none"/>"#))
    }

    @Test func `a host that the caller may not see is not among the settings`() throws {
        let settings = try settings("connect: [\"test:///default\", \"qemu+tls://hidden/system\"]")
        let hosts = settings.hosts.filter { $0.value.name == "test" }
        let bytes = SettingsDocument(page: try page("/settings"), settings: settings, hosts: hosts).bytes
        try Self.schema.get().validate(try Document(parsing: bytes))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("hidden"))
    }

    @Test(arguments: [true, false]) func `health counts and names nobody`(isReady: Bool) throws {
        let bytes = HealthDocument(page: try page("/health"), health: Health(isReady: isReady, total: 3, answering: 2)).bytes
        try Self.schema.get().validate(try Document(parsing: bytes))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("<hv:ready>\(isReady)</hv:ready><hv:hosts><hv:total>3</hv:total><hv:answering>2</hv:answering></hv:hosts>"))
    }
}
