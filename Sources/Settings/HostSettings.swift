// SPDX-License-Identifier: GPL-2.0-or-later

/// A libvirt host that the server joins, as it was named.
public struct HostSettings: Hashable, Sendable {
    /// What the TLS connection to a host needs; nil stands for what libvirt itself would take.
    public struct TLS: Hashable, Sendable {
        /// The name that the host's certificate must bear.
        public var name: String?
        /// Paths of PEM files: the authority that signed the host's certificate, our own certificate and its key.
        public var authority: String?
        public var certificate: String?
        public var key: String?

        public init(name: String? = nil, authority: String? = nil, certificate: String? = nil, key: String? = nil) {
            self.name = name
            self.authority = authority
            self.certificate = certificate
            self.key = key
        }
    }

    /// The segment of its URL; no other host has it.
    public var name: String
    /// What people read in its place; nil: the name.
    public var title: String?
    public var uri: String
    /// The URI by which other hosts reach it, for migrations; nil: `uri`.
    public var migrationURI: String?
    public var tls: TLS
    /// The name of the pool that it is in.
    public var pool: String?
    public var origin: Origin

    public init(
        name: String, title: String? = nil, uri: String, migrationURI: String? = nil, tls: TLS = TLS(), pool: String? = nil, origin: Origin = .file
    ) {
        self.name = name
        self.title = title
        self.uri = uri
        self.migrationURI = migrationURI
        self.tls = tls
        self.pool = pool
        self.origin = origin
    }
}
