// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Cluster
import Logging
import Settings

extension Cluster {
    /// The hosts that the settings name, under the names that they give them. Throws a `ConnectError` for one that is not connected to.
    convenience init(_ settings: EffectiveSettings, log: Logger) throws {
        let deadlines = Host.Deadlines(
            reading: .seconds(settings.deadlines.reading.value), acting: .seconds(settings.deadlines.acting.value),
            lasting: .seconds(settings.deadlines.lasting.value))
        let hosts = settings.hosts.map { HostConfiguration($0) }
        for host in hosts { try host.validate() }
        try self.init(hosts, isReadOnly: settings.access.value == .readOnly, deadlines: deadlines, log: log)
    }
}

extension HostConfiguration {
    init(_ host: HostSettings) {
        self.init(
            name: host.name, title: host.title, uri: host.uri, migrationURI: host.migrationURI,
            tls: TLS(host.tls), pool: host.pool)
    }
}

extension HostConfiguration.TLS {
    init(_ tls: HostSettings.TLS) { self.init(name: tls.name, authority: tls.authority, certificate: tls.certificate, key: tls.key) }
}
