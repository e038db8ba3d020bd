// SPDX-License-Identifier: GPL-2.0-or-later
import Cluster
import Inventory
import Libvirt

extension Custody {
    /// Reads whose the domains are, before something is done to them. One that is in dispute is nobody's to keep.
    /// - Parameter hosts: those that they may go to.
    func read(_ wards: [Ward], goingTo hosts: [String], on connection: Connection) {
        for ward in wards {
            let owners = try? connection.withDomain(uuid: ward.uuid) { domain throws(LibvirtError) in try DomainOwners(of: domain) }
            guard let owners, !owners.isDisputed else { continue }
            found(owners.owner, of: ward)
            guard let owner = known(ward) else { continue }
            for host in hosts { found(owner, of: Ward(uuid: ward.uuid, host: host)) }
        }
    }

    /// Makes the domains whose they shall be, blocking the thread.
    /// - Returns: those of which that failed.
    func settle(_ wards: [Ward], on connection: Connection) -> Set<Ward> { Set(wards.filter { !isRight($0, on: connection) }) }

    /// The same on a host that the domains may have gone to. One that is not there is not wrong.
    func settle(_ wards: [Ward], on host: Host) async -> Set<Ward> {
        guard !wards.isEmpty else { return [] }
        return (try? await host.act { [self] connection in settle(wards, on: connection) }) ?? Set(wards)
    }

    private func isRight(_ ward: Ward, on connection: Connection) -> Bool {
        // Whoever decides meanwhile does so before writing it, so what is written last is what was decided last.
        for _ in 0..<3 {
            guard let owner = known(ward) else { return true }
            do throws(LibvirtError) {
                let now = try connection.withDomain(uuid: ward.uuid) { domain throws(LibvirtError) in try DomainOwners.set(owner, on: domain) }
                if now.agree(on: owner), known(ward) == .some(owner) { return true }
            } catch {
                return error.code == .noDomain
            }
        }
        return false
    }
}
