// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Settings

/// Which hosts a request may name: those that are configured, the machine's addresses, and localhost. A page of another site whose name
/// was turned to our address cannot read or send anything then.
struct HostPolicy: Sendable {
    /// Those that are configured.
    let names: [PublicHost]

    /// The one host that a request names.
    /// - Parameters:
    ///   - hosts: its `Host` fields.
    ///   - targets: the authority of its target, where that is in absolute form.
    ///   - isOurs: whether an address is one of the machine's.
    func host(_ hosts: [String], _ targets: [String], isOurs: (IPAddress) -> Bool) throws(HostRefusal) -> PublicHost {
        guard hosts.count <= 1 else { throw .several }
        guard !hosts.isEmpty else { throw .missing }
        var named: PublicHost?
        for text in targets + hosts {
            guard let host = PublicHost(text) else { throw .malformed(text) }
            guard admits(host, isOurs: isOurs) else { throw .foreign(text) }
            if let named, named != host { throw .several }
            named = host
        }
        guard let named else { throw .missing }
        return named
    }

    /// Whether a host is one of those that are configured. Without a port it may be that of either scheme.
    func isConfigured(_ host: PublicHost) -> Bool {
        names.contains { $0.name == host.name && ($0.port == nil || $0.port == host.port || (host.port == nil && [80, 443].contains($0.port))) }
    }

    private func admits(_ host: PublicHost, isOurs: (IPAddress) -> Bool) -> Bool {
        if host.name == "localhost" || isConfigured(host) { return true }
        guard let address = IPAddress(host.name) else { return false }
        return address.isLoopback || isOurs(address)
    }
}

extension IPAddress {
    var isLoopback: Bool {
        let bytes = unmapped.bytes
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }
}
