// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// What `virConnectGetAllDomainStats` says of a domain, as far as lists need it. A driver that does not count something leaves it out.
public struct DomainStatistics: Hashable, Sendable {
    public let uuid: UUID
    public let state: DomainState?
    /// KiB of the host's memory that the domain's process holds.
    public let residentMemory: UInt64?
    /// Nanoseconds.
    public let cpuTime: UInt64?

    init?(_ record: virDomainStatsRecord) {
        guard let domain = unsafe record.dom else { return nil }
        var raw = [UInt8](repeating: 0, count: Int(VIR_UUID_BUFLEN))
        guard unsafe virDomainGetUUID(domain, &raw) == 0 else { return nil }
        uuid = UUID(raw)
        func int(_ name: String) -> Int32? {
            var value: CInt = 0
            return unsafe virTypedParamsGetInt(record.params, record.nparams, name, &value) == 1 ? value : nil
        }
        func ullong(_ name: String) -> UInt64? {
            var value: CUnsignedLongLong = 0
            return unsafe virTypedParamsGetULLong(record.params, record.nparams, name, &value) == 1 ? value : nil
        }
        state = int("state.state").map { DomainState(state: $0, reason: int("state.reason") ?? 0) }
        residentMemory = ullong("balloon.rss")
        cpuTime = ullong("cpu.time")
    }
}

extension Connection {
    /// CPU time and memory of all domains by one call: `virConnectGetAllDomainStats` with
    /// `VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT`, or without it where the driver does not know it. It waits for no guest that another call
    /// waits for; but it asks each QEMU for its memory, and one that has just stopped answering holds it up.
    public func statistics() throws(LibvirtError) -> [UUID: DomainStatistics] {
        let groups = [VIR_DOMAIN_STATS_CPU_TOTAL, VIR_DOMAIN_STATS_BALLOON]
        do throws(LibvirtError) {
            return try statistics(groups, flags: VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT.rawValue)
        } catch  where error.code == .invalidArgument || error.code == .argumentUnsupported {
            return try statistics(groups, flags: 0)
        }
    }

    /// The states of all domains by one call, `virConnectGetAllDomainStats`, which asks no QEMU.
    public func states() throws(LibvirtError) -> [UUID: DomainState] {
        try statistics([VIR_DOMAIN_STATS_STATE], flags: 0).compactMapValues(\.state)
    }

    private func statistics(_ groups: [virDomainStatsTypes], flags: UInt32) throws(LibvirtError) -> [UUID: DomainStatistics] {
        let wanted = groups.reduce(0) { $0 | $1.rawValue }
        var list: UnsafeMutablePointer<virDomainStatsRecordPtr?>?
        let count = Int(try check(unsafe virConnectGetAllDomainStats(pointer, wanted, &list, flags)))
        defer { unsafe virDomainStatsRecordListFree(list) }
        var statistics: [UUID: DomainStatistics] = [:]
        statistics.reserveCapacity(count)
        for index in 0..<count {
            guard let record = unsafe list?[index]?.pointee, let read = unsafe DomainStatistics(record) else { continue }
            statistics[read.uuid] = read
        }
        return statistics
    }
}
