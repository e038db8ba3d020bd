// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Inventory
import Libvirt

extension Cluster {
    /// The hosts that were named, as far as is known what they are.
    var knownHosts: [KnownHost] {
        members.compactMap { member in
            guard !member.configuration.isDiscovered, let address = try? member.address.get() else { return nil }
            let state = member.state
            var known = KnownHost(
                name: member.name, driver: address.driver.isEmpty ? state.identity?.driver.lowercased() ?? "" : address.driver,
                uuid: state.identity?.uuid, names: [], addresses: [])
            switch address.transport {
            case .inProcess, .unix: break
            case .tcp(let host, _), .tls(let host, _, _):
                if let numbers = IPAddress(host) { known.addresses.insert(numbers) } else { known.names.insert(NamePattern.plain(host)) }
            }
            if let remote = member.remoteAddress.flatMap({ IPAddress($0) }) { known.addresses.insert(remote) }
            if let name = state.snapshot?.host.hostname { known.names.insert(NamePattern.plain(name)) }
            return known
        }
    }
}
