// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Cluster
import Logging
import ServiceLifecycle
import Settings

/// Finds hosts by mDNS until the server shuts down.
struct DiscoveryService: ServiceLifecycle.Service {
    /// Hosts and domains are browsed for apart, so that many of the one kind leave none of the other out.
    private static let limits = (hosts: 1_024, domains: 8_192)

    let settings: EffectiveSettings
    let cluster: Cluster
    let log: Logger

    func run() async throws {
        let hosts = try browser("_libvirt._tcp", Self.limits.hosts)
        let domains = try browser("_domu._tcp", Self.limits.domains)
        if settings.trustsNetwork.value { log.warning("every host that is announced is joined, whoever announces it") }
        let discovery = Discovery(DiscoveryPolicy(settings), cluster: cluster, log: log)
        await cancelWhenGracefulShutdown { await discovery.run(hosts: hosts.events, domains: domains.events) }
        hosts.stop()
        domains.stop()
    }

    private func browser(_ type: String, _ limit: Int) throws -> Browser {
        try Browser(types: [type], limits: .init(services: limit)) { [log] report in
            log.log(level: report == .connected ? .info : .warning, "\(report)", metadata: ["type": "\(type)"])
        }
    }
}

extension DiscoveryPolicy {
    init(_ settings: EffectiveSettings) {
        self.init(
            rules: settings.discovery.rules.map { rule in
                JoinRule(
                    name: rule.name, network: rule.network, transport: rule.transport == .tls ? .tls : .tcp, tls: rule.tls, pool: rule.pool)
            },
            trustsNetwork: settings.trustsNetwork.value, keep: .seconds(settings.discovery.keep.value))
    }
}
