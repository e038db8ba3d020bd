// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses

/// Which announced hosts are joined, and how they are then connected to. All that it asks for must fit.
public struct JoinRule: Hashable, Sendable {
    public enum Transport: String, CaseIterable, Sendable {
        case tls, tcp

        var defaultPort: Int { self == .tls ? 16_514 : 16_509 }
    }

    /// The announced host name.
    public var name: NamePattern?
    /// Where the announced address must be.
    public var network: AddressRange?
    public var transport: Transport
    /// Its authority is the one that the host's certificate must chain to.
    public var tls: HostConfiguration.TLS
    public var pool: String?

    public init(
        name: NamePattern? = nil, network: AddressRange? = nil, transport: Transport = .tls, tls: HostConfiguration.TLS = .init(), pool: String? = nil
    ) {
        self.name = name
        self.network = network
        self.transport = transport
        self.tls = tls
        self.pool = pool
    }

    func fits(_ hostName: String, at address: IPAddress) -> Bool {
        name?.matches(hostName) != false && network?.contains(address) != false
    }
}
