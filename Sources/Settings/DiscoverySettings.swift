// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses

/// Which hosts of those that announce themselves are joined, and how.
public struct DiscoverySettings: Sendable {
    public enum Transport: String, CaseIterable, Sendable { case tls, tcp }

    /// All that is set of `name`, `network` and `ca` must fit; at least one is.
    public struct Rule: Hashable, Sendable {
        /// The announced host name.
        public var name: NamePattern?
        /// Where the announced address must be.
        public var network: AddressRange?
        /// The path of the certificate that the host's must chain to; its `tls` holds it as well.
        public var authority: String?
        public var transport: Transport
        public var tls: HostConfiguration.TLS
        public var pool: String?
    }

    /// Seconds that a host stays after its announcement went.
    public var keep = Setting(600, .default)
    /// In the order of the file; the first that fits counts.
    public var rules: [Rule] = []

    public init() {}
}
