// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation

/// What the configuration says about hosts that announce themselves.
public struct DiscoveryPolicy: Sendable {
    /// What nobody on the network can make the server exceed.
    public struct Limits: Hashable, Sendable {
        /// Announced hosts that are remembered.
        public var hosts: Int
        /// Of these, those that are joined.
        public var joined: Int
        /// Announced domains that are remembered, of all hosts and of one.
        public var domains: Int
        public var domainsOfHost: Int
        /// Announcements that cannot be read and are shown.
        public var unreadable: Int

        public init(hosts: Int = 512, joined: Int = 256, domains: Int = 16_384, domainsOfHost: Int = 4_096, unreadable: Int = 32) {
            self.hosts = hosts
            self.joined = joined
            self.domains = domains
            self.domainsOfHost = domainsOfHost
            self.unreadable = unreadable
        }
    }

    /// The first that fits counts.
    public var rules: [JoinRule]
    /// Whether every host is joined that is announced.
    public var trustsNetwork: Bool
    /// How long a host stays after its announcement went.
    public var keep: Duration
    public var limits: Limits
    /// How a host is joined for which there is no rule but trust: by TLS where there is an authority to judge certificates by.
    private let transports: [JoinRule.Transport]

    /// - Parameter hasAuthority: whether there is one where libvirt itself looks for it; nil: see.
    public init(
        rules: [JoinRule] = [], trustsNetwork: Bool = false, keep: Duration = .seconds(600), limits: Limits = .init(), hasAuthority: Bool? = nil
    ) {
        self.rules = rules
        self.trustsNetwork = trustsNetwork
        self.keep = keep
        self.limits = limits
        let file = TLSFiles(.init(), directory: nil).authority
        transports = hasAuthority ?? FileManager.default.isReadableFile(atPath: file) ? [.tls, .tcp] : [.tcp, .tls]
    }

    /// How a host with these sightings may be connected to, and which of them is meant. Throws why it may not.
    func admit(_ sightings: [HostSighting]) throws(Refusal) -> (sighting: HostSighting, rule: JoinRule) {
        let ordered = sightings.sorted { $0.precedes($1) }
        var refusal = Refusal.notAllowed
        for rule in rules {
            for sighting in ordered where rule.fits(sighting.key.name, at: sighting.address) {
                if sighting.port(for: rule.transport) != nil { return (sighting, rule) }
                refusal = sighting.offersNothing ? .closed : .transport
            }
        }
        guard trustsNetwork, refusal == .notAllowed else { throw refusal }
        for sighting in ordered {
            for transport in transports where sighting.port(for: transport) != nil {
                return (sighting, JoinRule(transport: transport))
            }
        }
        throw .closed
    }

    /// Whether a rule, or trust, is for such a host, whatever else may be against it.
    func concerns(_ sighting: HostSighting) -> Bool { trustsNetwork || rules.contains { $0.fits(sighting.key.name, at: sighting.address) } }
}
