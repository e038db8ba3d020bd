// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

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

    public init(_ connection: Connection) throws(LibvirtError) {
        hostname = try connection.hostname()
        driver = try connection.type()
        hypervisorVersion = try connection.version()
        libraryVersion = try connection.libraryVersion()
        node = try? connection.nodeInfo()
    }
}
