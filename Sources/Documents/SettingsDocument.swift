// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Addresses
public import Settings
import XML

/// `settings`: what the server was told, and where. No secret is in it.
public struct SettingsDocument {
    private let page: Page
    private let settings: EffectiveSettings
    private let hosts: [Setting<HostConfiguration>]

    /// - Parameter hosts: those of the settings that the caller may see.
    public init(page: Page, settings: EffectiveSettings, hosts: [Setting<HostConfiguration>]) {
        self.page = page
        self.settings = settings
        self.hosts = hosts
    }

    public var bytes: [UInt8] {
        var writer = Writer()
        writer.element("settings", [.href: page.href]) { writer in
            page.write(to: &writer)
            writer.element("options") { writer in
                for option in settings.options { write(option, to: &writer) }
            }
            writer.element("deadlines") { writer in
                for (name, seconds) in settings.deadlines.all {
                    writer.element("deadline", [.name: name]) { writer in
                        writer.element("value", [.unit: "s"], text: String(seconds.value))
                        writer.element("origin", text: seconds.origin.rawValue)
                    }
                }
            }
            writer.element("limits") { writer in
                for (name, limit, unit) in settings.limits.all {
                    writer.element("limit", [.name: name]) { writer in
                        writer.element("value", unit.map { [.unit: $0] } ?? [:], text: String(limit.value))
                        writer.element("origin", text: limit.origin.rawValue)
                    }
                }
            }
            writer.element("discovery") { writer in
                writer.element("keep") { writer in
                    writer.element("value", [.unit: "s"], text: String(settings.discovery.keep.value))
                    writer.element("origin", text: settings.discovery.keep.origin.rawValue)
                }
                for rule in settings.discovery.rules { Self.write(rule, to: &writer) }
            }
            writer.element("hosts") { writer in
                for host in hosts { write(host, to: &writer) }
            }
            writer.element("pools") { writer in
                for pool in settings.pools {
                    writer.element("pool", [.name: pool.name]) { writer in
                        for permission in pool.permissions { writer.element("permission", text: permission.description) }
                    }
                }
            }
            if settings.visibility.value == .owner { writeAuthority(to: &writer) }
        }
        return writer.finish()
    }

    private func writeAuthority(to writer: inout Writer) {
        let authority = settings.authority
        writer.element("roles") { writer in
            for role in Role.builtIn + authority.roles {
                writer.element("role", [.name: role.name]) { writer in
                    for permission in role.permissions { writer.element("permission", text: permission.description) }
                }
            }
        }
        writer.element("groups") { writer in
            for group in authority.groups {
                writer.element("group", [.name: group.name]) { writer in
                    for member in group.members { writer.element("member", text: member) }
                }
            }
        }
        writer.element("grants") { writer in
            for grant in authority.grants {
                writer.element("grant") { writer in
                    writer.element("role", text: grant.role.name)
                    switch grant.grantee {
                    case .user(let name): writer.element("user", text: name)
                    case .group(let name): writer.element("group", text: name)
                    }
                    writer.element("on", text: grant.scope.description)
                }
            }
        }
        writer.element("owners") { writer in
            for entry in authority.rules.entries {
                writer.element("owner", [.name: entry.owner]) { writer in
                    let patterns = [
                        ("vms", entry.domains), ("hosts", entry.hosts), ("pools", entry.pools), ("volumes", entry.volumes),
                        ("networks", entry.networks),
                    ]
                    for (name, patterns) in patterns {
                        for pattern in patterns { writer.element("pattern", [.name: name], text: pattern.description) }
                    }
                }
            }
        }
    }

    private func write(_ option: EffectiveSettings.Option, to writer: inout Writer) {
        // Hosts that the caller may not see are not here either.
        let values = option.name == "connect" ? option.values.filter { uri in hosts.contains { $0.value.uri == uri } } : option.values
        writer.element("option", [.name: option.name]) { writer in
            for value in values { writer.element("value", text: option.name == "connect" ? ConnectionURI(value).withoutSecrets : value) }
            writer.element("origin", text: option.origin.rawValue)
        }
    }

    private func write(_ setting: Setting<HostConfiguration>, to writer: inout Writer) {
        let host = setting.value
        writer.element("host", [.name: host.name, .href: Links.host(host.name)]) { writer in
            if let title = host.title { writer.element("title", text: title) }
            writer.element("uri", text: ConnectionURI(host.uri).withoutSecrets)
            if let uri = host.migrationURI { writer.element("migration-uri", text: ConnectionURI(uri).withoutSecrets) }
            Self.write(host.tls, to: &writer)
            if let pool = host.pool { writer.element("pool", text: pool) }
            writer.element("origin", text: setting.origin.rawValue)
        }
    }

    private static func write(_ rule: DiscoverySettings.Rule, to writer: inout Writer) {
        writer.element("rule") { writer in
            if let name = rule.name { writer.element("name", text: name.description) }
            if let network = rule.network { writer.element("network", text: network.description) }
            if let path = rule.authority { writer.element("ca", text: path) }
            writer.element("transport", text: rule.transport.rawValue)
            write(rule.tls, to: &writer)
            if let pool = rule.pool { writer.element("pool", text: pool) }
        }
    }

    private static func write(_ tls: HostConfiguration.TLS, to writer: inout Writer) {
        guard tls != HostConfiguration.TLS() else { return }
        writer.element("tls") { writer in
            if let name = tls.name { writer.element("name", text: name) }
            if let path = tls.authority { writer.element("ca", text: path) }
            if let path = tls.certificate { writer.element("certificate", text: path) }
            if let path = tls.key { writer.element("key", text: path) }
        }
    }
}
