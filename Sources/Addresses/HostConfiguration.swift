// SPDX-License-Identifier: GPL-2.0-or-later

/// A host as the administrator names it.
public struct HostConfiguration: Hashable, Sendable {
    /// What the TLS connection to a host needs; nil stands for what libvirt itself would take.
    public struct TLS: Hashable, Sendable {
        /// The name that the host's certificate must bear; nil: the one in the URI.
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

    /// A segment of its URL; no other host has it.
    public var name: String
    /// What people read in its place; nil: the name.
    public var title: String?
    public var uri: String
    /// The URI by which other hosts reach it, for migrations; nil: `uri`.
    public var migrationURI: String?
    public var tls: TLS
    /// The pool of permissions that it is in; nil: all that a role gives.
    public var pool: String?
    /// Whether it was found on the network and not named.
    public var isDiscovered = false

    public init(name: String, title: String? = nil, uri: String, migrationURI: String? = nil, tls: TLS = TLS(), pool: String? = nil) {
        self.name = name
        self.title = title
        self.uri = uri
        self.migrationURI = migrationURI
        self.tls = tls
        self.pool = pool
    }
}
