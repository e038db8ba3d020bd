// SPDX-License-Identifier: GPL-2.0-or-later

/// What is whose by configuration rather than by a domain's own metadata. A rule beats the metadata, and the first of several rules the others.
public struct OwnerRules: Hashable, Sendable {
    /// What belongs to one owner.
    public struct Entry: Hashable, Sendable {
        public let owner: String
        /// Domains by name.
        public var domains: [TextPattern] = []
        /// Hosts of which every domain is the owner's.
        public var hosts: [TextPattern] = []
        /// Pools, with their volumes.
        public var pools: [TextPattern] = []
        public var volumes: [TextPattern] = []
        /// Networks, with their ports.
        public var networks: [TextPattern] = []

        public init(owner: String) { self.owner = owner }
    }

    public let entries: [Entry]

    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// Whose a domain is by a rule; nil if none says.
    public func owner(ofDomain name: String, on host: String) -> String? {
        entries.first { entry in entry.domains.contains { $0.matches(name) } || entry.hosts.contains { $0.matches(host) } }?.owner
    }

    /// Whether another object is one of `owner`'s. Several may share one.
    func gives(_ kind: String, _ name: String, in parent: String?, to owner: String) -> Bool {
        entries.contains { entry in
            guard entry.owner.utf8.elementsEqual(owner.utf8) else { return false }
            func isIn(_ patterns: [TextPattern], _ name: String?) -> Bool { name.map { name in patterns.contains { $0.matches(name) } } ?? false }
            return switch kind {
            case "pool": isIn(entry.pools, name)
            case "volume": isIn(entry.pools, parent) || isIn(entry.volumes, name)
            case "network": isIn(entry.networks, name)
            case "port": isIn(entry.networks, parent)
            default: false
            }
        }
    }
}
