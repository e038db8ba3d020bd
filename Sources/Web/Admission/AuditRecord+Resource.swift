// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Audit
import Cluster
import Commands
import Documents
import Inventory
import Libvirt

extension AuditRecord {
    /// Says what a request was for that was refused before that was looked for: the command and the object, as far as the address tells. Of a domain
    /// that is known also what the address leaves out.
    mutating func name(_ resource: Resource, in snapshot: ClusterSnapshot) {
        switch resource {
        case .command(let name, let address):
            if let known = CommandTable.command(name) {
                command = known.name
                permissions = known.permissions.map(\.description)
            }
            self.name(address, in: snapshot)
        case .owner(let domain):
            command = OwnerDocument.name
            self.name(domain, in: snapshot)
        case .login: command = "login"
        case .logout: command = "logout"
        default: break
        }
    }

    private mutating func name(_ address: Resource.ObjectAddress, in snapshot: ClusterSnapshot) {
        switch address.base {
        case .host(let host): self.host = host
        case .domain(let domain): name(domain, in: snapshot)
        }
        guard !address.steps.isEmpty else { return }
        name = ([name].compactMap { $0 } + address.steps.map(\.key.description)).joined(separator: "/")
    }

    private mutating func name(_ domain: Resource.DomainAddress, in snapshot: ClusterSnapshot) {
        let key: String
        switch domain {
        case .owner(_, let text): key = text
        case .host(let host, let uuid): (self.host, key) = (host, uuid)
        }
        let copies = snapshot.domains(for: key)
        if copies.count == 1, host == nil || host == copies[0].host.name {
            host = copies[0].host.name
            (uuid, name) = (copies[0].record.uuid.description, copies[0].record.name)
        } else if let known = UUID(key) {
            uuid = known.description
        } else {
            name = key
        }
    }
}
