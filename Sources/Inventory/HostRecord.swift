// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import XML

/// What a host says of itself.
public struct HostRecord: Hashable, Sendable {
    public let hostname: String
    /// The driver's name, for example `QEMU`.
    public let driver: String
    /// major * 1,000,000 + minor * 1,000 + release.
    public let hypervisorVersion: UInt
    /// In the same form.
    public let libraryVersion: UInt
    /// Nil where the driver does not tell.
    public let node: NodeInfo?
    /// The machine's, from its capabilities; nil where the driver has none or one that machines share.
    public let uuid: UUID?

    public init(_ connection: Connection) throws(LibvirtError) {
        hostname = try connection.hostname()
        driver = try connection.type()
        hypervisorVersion = try connection.version()
        libraryVersion = try connection.libraryVersion()
        node = try? connection.nodeInfo()
        uuid = (try? connection.capabilities()).flatMap(Self.uuid)
    }

    /// What cheap boards have in place of a UUID of their own, after their vendors' sample and the two that stand for none.
    private static let shared: Set<String> = [
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "03000200-0400-0500-0006-000700080009",
    ]

    private static func uuid(capabilities: String) -> UUID? {
        guard let document = try? Document(parsing: capabilities) else { return nil }
        return (try? document.strings(at: "/capabilities/host/uuid"))?.first.flatMap { UUID($0) }.flatMap {
            shared.contains($0.description) ? nil : $0
        }
    }
}
