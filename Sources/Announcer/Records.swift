// SPDX-License-Identifier: GPL-2.0-or-later
public import Avahi
public import Inventory
import Libvirt

/// A host's inventory as services: itself, then its domains.
public struct Records: Sendable {
    public static let hostType = "_libvirt._tcp"
    public static let domainType = "_domu._tcp"
    /// A TXT item's bytes.
    private static let itemLimit = 255

    /// The host's first: it must not be what falls beyond the daemon's limit.
    public let publications: [Publication]

    /// - Parameter source: tells apart what several connections announce.
    public init(_ snapshot: HostSnapshot, driver: Driver, policy: AnnouncementPolicy, source: String) {
        let host = Self.host(snapshot, driver, policy, source)
        // One that is just going over to another host, or coming from there, is announced by the one where it then runs: its name can be probed for at
        // once there, as nobody else holds it any more.
        let domains = policy.extent == .host ? [] : snapshot.domains.filter { !$0.state.isGoingOver }
        publications = [host] + domains.map { Self.domain($0, snapshot.host, driver, policy, source) }
    }

    private static func host(_ snapshot: HostSnapshot, _ driver: Driver, _ policy: AnnouncementPolicy, _ source: String) -> Publication {
        let ports = [("tls", policy.tlsPort), ("tcp", policy.tcpPort)].compactMap { name, port in port.map { (name, $0) } }
        var text = [item("txtvers", "1")]
        if let uuid = snapshot.host.uuid { text.append(item("host-uuid", uuid.description)) }
        text += [item("driver", driver.rawValue), item("domains", String(snapshot.domains.count))]
        if !ports.isEmpty { text.append(item("transports", ports.map(\.0).joined(separator: ","))) }
        text += ports.map { item("\($0)-port", String($1)) }
        return Publication(
            id: "\(source) host", name: InstanceName.of(snapshot.host.hostname, else: "libvirt"), type: hostType, port: policy.port, text: text,
            isPreferred: true)
    }

    private static func domain(
        _ domain: DomainRecord, _ host: HostRecord, _ driver: Driver, _ policy: AnnouncementPolicy, _ source: String
    ) -> Publication {
        var text = [item("txtvers", "1"), item("uuid", domain.uuid.description)]
        if let uuid = host.uuid { text.append(item("host-uuid", uuid.description)) }
        text += [item("name", domain.name.prefix(bytes: 250)), item("driver", driver.rawValue)]
        // A part of an owner would be another owner.
        if policy.announcesOwners, let owner = domain.owner.map({ item("owner", $0) }), owner.count <= itemLimit { text.append(owner) }
        return Publication(
            id: "\(source) \(domain.uuid)", name: InstanceName.of(domain.name, else: domain.uuid.description), type: domainType, port: policy.port,
            text: text)
    }

    private static func item(_ key: String, _ value: String) -> [UInt8] { Array("\(key)=\(value)".utf8) }
}
