// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
public import Libvirt

/// Which host a connection leads to, however it is reached: the driver, whether it is the system's or a session's, and the machine.
public struct HostIdentity: Hashable, Sendable {
    public let driver: String
    public let mode: String
    public let uuid: UUID
    /// Cheap boards repeat each other's UUID; machines that also bear one name are one.
    public let hostname: String

    /// Nil where the driver knows no machine: then the configured name is all there is.
    init?(_ record: HostRecord, mode: String) {
        guard let uuid = record.uuid else { return nil }
        driver = record.driver
        self.mode = mode
        self.uuid = uuid
        hostname = record.hostname
    }
}
