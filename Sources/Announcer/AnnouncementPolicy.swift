// SPDX-License-Identifier: GPL-2.0-or-later

/// What is told to the network.
public struct AnnouncementPolicy: Hashable, Sendable {
    public enum Extent: String, CaseIterable, Sendable {
        /// The host, and every domain by its name.
        case domains
        /// The host, and how many domains it has.
        case host
    }

    public var extent: Extent
    /// The ports at which the host's libvirtd listens; nil: it does not.
    public var tlsPort: UInt16?
    public var tcpPort: UInt16?
    /// Whether the domains' owners are told.
    public var announcesOwners: Bool

    public init(extent: Extent = .domains, tlsPort: UInt16? = nil, tcpPort: UInt16? = nil, announcesOwners: Bool = false) {
        self.extent = extent
        self.tlsPort = tlsPort
        self.tcpPort = tcpPort
        self.announcesOwners = announcesOwners
    }

    /// That of the safest way in; 0: known, not to be connected to.
    public var port: UInt16 { tlsPort ?? tcpPort ?? 0 }
}
