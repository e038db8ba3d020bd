// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Foundation

/// What a configuration file says: every key known, every value of its type. What an option's text means is judged later, as of a flag.
struct ConfigurationFile {
    static let keys =
        [
            "listen", "connect", "access", "insecure", "stylesheets", "render", "log-level", "discover", "trust-network", "hosts", "pools",
            "deadlines", "discovery", "visibility", "users", "tokens", "session-key", "session-lifetime", "audit", "public-host", "trusted-proxy",
            "tls-certificate", "tls-key", "limits",
        ] + AuthoritySettings.keys
    private static let largest = 1 << 20

    /// The options that are one text, by their names.
    var options: [String: Given] = [:]
    /// The options that are true or false, by their names.
    var switches: [String: Bool] = [:]
    /// The options that are lists of texts, by their names.
    var lists: [String: [Given]] = [:]
    var hosts: [HostEntry] = []
    var pools: [PermissionPool] = []
    var deadlines = Deadlines()
    var limits = Limits()
    var discovery = DiscoverySettings()
    var authority = AuthoritySettings()

    /// Reads the file at `path`.
    init(path: String, known: Set<Permission>) throws(SettingsError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw SettingsError("\(path): The configuration file cannot be read.")
        }
        guard data.count <= Self.largest else { throw SettingsError("\(path): The configuration file is larger than 1 MiB.") }
        guard let text = String(validating: data, as: UTF8.self) else { throw SettingsError("\(path): The configuration file is not UTF-8.") }
        try self.init(text, file: path, known: known)
    }

    /// - Parameter file: its path; other paths in it are relative to its directory.
    init(_ text: String, file: String, known: Set<Permission>) throws(SettingsError) {
        guard let document = try YAMLText(text: text, file: file).document() else { return }
        let values = try document.mapping(Self.keys)
        for name in ["listen", "access", "visibility", "render", "log-level"] { options[name] = try values[name]?.given() }
        for name in ["stylesheets", "users", "tokens", "session-key", "audit", "tls-certificate", "tls-key"] {
            guard let given = try values[name]?.given() else { continue }
            let isWord = name == "audit" && ["stderr", "journald"].contains(given.text)
            options[name] = Given(text: isWord ? given.text : Self.path(given.text, beside: file), origin: .file, subject: given.subject)
        }
        if let value = values["session-lifetime"] {
            let seconds = try value.wholeNumber(in: EffectiveSettings.sessionLifetimes)
            options["session-lifetime"] = Given(text: String(seconds), origin: .file, subject: value.place + value.name)
        }
        for name in ["insecure", "discover", "trust-network"] { switches[name] = try values[name]?.boolean() }
        for name in ["connect", "public-host", "trusted-proxy"] {
            for value in try values[name]?.list(of: name) ?? [] { lists[name, default: []].append(try value.given()) }
        }
        if let value = values["pools"] { pools = try Self.pools(value, known: known) }
        for value in try values["hosts"]?.list(of: "hosts") ?? [] {
            hosts.append(try HostEntry(value, pools: Set(pools.map(\.name)), after: hosts))
        }
        if let value = values["deadlines"] { deadlines = try Self.deadlines(value) }
        if let value = values["limits"] { limits = try Limits(value) }
        authority = try AuthoritySettings(values, known: known)
        if let value = values["discovery"] { discovery = try DiscoverySettings(value, pools: Set(pools.map(\.name))) }
    }

    static func path(_ path: String, beside file: String) -> String {
        path.hasPrefix("/") ? path : URL(filePath: file).deletingLastPathComponent().appending(path: path).path
    }

    private static func pools(_ value: YAMLValue, known: Set<Permission>) throws(SettingsError) -> [PermissionPool] {
        var pools: [PermissionPool] = []
        for (key, value) in try value.entries() {
            let patterns = try value.permissions(of: "pools", key, what: "pool", known: known)
            pools.append(PermissionPool(name: key.name, permissions: patterns))
        }
        return pools
    }

    private static func deadlines(_ value: YAMLValue) throws(SettingsError) -> Deadlines {
        var deadlines = Deadlines()
        let values = try value.mapping(deadlines.all.map(\.name))
        func seconds(_ name: String) throws(SettingsError) -> Setting<Int>? {
            guard let value = values[name] else { return nil }
            return Setting(try value.wholeNumber(in: 1...86_400), .file)
        }
        if let given = try seconds("reading") { deadlines.reading = given }
        if let given = try seconds("acting") { deadlines.acting = given }
        if let given = try seconds("lasting") { deadlines.lasting = given }
        return deadlines
    }
}
