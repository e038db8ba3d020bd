// SPDX-License-Identifier: GPL-2.0-or-later
import Audit
import Inventory
import Libvirt

/// What the audit holds of a domain at one moment.
struct Glimpse: Hashable {
    /// The hash of its XML, as it runs and as it is stored, without the secrets in it.
    let digest: String
    /// Whose it is by its metadata; nil: that was not asked.
    let owners: DomainOwners?

    /// Blocks the thread. Nil where the domain is not there, or cannot be read.
    /// - Parameter withOwners: whether a command may change these.
    init?(of domain: UUID?, on connection: Connection, withOwners: Bool) {
        guard let domain else { return nil }
        let read = try? connection.withDomain(uuid: domain) { domain throws(LibvirtError) in
            (Digest.of(Array((try domain.xml() + domain.configuredXML()).utf8)), withOwners ? try? DomainOwners(of: domain) : nil)
        }
        guard let read else { return nil }
        (digest, owners) = read
    }

    /// Whose a domain was and is, as parameters of a record; none where that stayed as it was, or is not known.
    static func change(from before: Glimpse?, to after: Glimpse?) -> [(name: String, value: String)] {
        guard let now = after?.owners else { return [] }
        guard before != nil else { return now.owner.map { [("to", $0)] } ?? [] }
        guard let (from, to) = before?.owners?.change(to: now) else { return [] }
        return [("from", from ?? "nobody"), ("to", to ?? "nobody")]
    }
}
