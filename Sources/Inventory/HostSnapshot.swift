// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// Everything one host holds, at one moment.
public struct HostSnapshot: Sendable {
    public let host: HostRecord
    public let domains: [DomainRecord]
    public let taken: ContinuousClock.Instant

    /// Reads the host and all its domains. A domain that vanishes meanwhile is left out.
    public init(reading connection: Connection) throws(LibvirtError) {
        host = try HostRecord(connection)
        var records: [DomainRecord] = []
        try connection.forEachDomain { domain throws(LibvirtError) in
            do throws(LibvirtError) { records.append(try DomainRecord(domain)) } catch  where error.code == .noDomain {}
        }
        domains = records
        taken = .now
    }
}
