// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Domain {
    /// `virDomainGetSchedulerType`: the scheduler's name and how many parameters it has.
    public func schedulerType() throws(LibvirtError) -> (type: String, parameterCount: Int32) {
        var count: CInt = 0
        let type = try unsafe takeString(virDomainGetSchedulerType(pointer, &count))
        return (type, count)
    }

    /// `virDomainGetSchedulerParametersFlags`. flags: `virDomainModificationImpact`.
    public func schedulerParameters(flags: UInt32) throws(LibvirtError) -> [TypedParameter] {
        try unsafe typedParameters { parameters, count in unsafe virDomainGetSchedulerParametersFlags(pointer, parameters, &count, flags) }
    }

    /// `virDomainGetSchedulerParameters`.
    public func schedulerParameters() throws(LibvirtError) -> [TypedParameter] {
        try unsafe typedParameters { parameters, count in unsafe virDomainGetSchedulerParameters(pointer, parameters, &count) }
    }

    /// Calls a getter that fills an array as long as the scheduler's parameters are many.
    private func typedParameters(
        _ fill: (UnsafeMutablePointer<virTypedParameter>, inout CInt) -> CInt
    ) throws(LibvirtError) -> [TypedParameter] {
        var count = try schedulerType().parameterCount
        guard count > 0 else { return [] }
        let capacity = Int(count)
        let parameters = UnsafeMutablePointer<virTypedParameter>.allocate(capacity: capacity)
        unsafe parameters.initialize(repeating: virTypedParameter(), count: capacity)
        defer {
            unsafe virTypedParamsClear(parameters, CInt(capacity))
            unsafe parameters.deallocate()
        }
        try check(unsafe fill(parameters, &count))
        return (0..<min(Int(count), capacity)).compactMap { unsafe TypedParameter(parameters[$0]) }
    }

    /// `virDomainInterfaceStats`: counters of one interface, named as in the domain's XML (`<target dev>`), or by its MAC address.
    /// What the driver does not count is left out.
    public func interfaceStatistics(device: String) throws(LibvirtError) -> [(name: String, value: Int64)] {
        var stats = virDomainInterfaceStatsStruct()
        try check(unsafe virDomainInterfaceStats(pointer, device, &stats, MemoryLayout<virDomainInterfaceStatsStruct>.size))
        let all = [
            ("rx_bytes", stats.rx_bytes), ("rx_packets", stats.rx_packets), ("rx_errs", stats.rx_errs), ("rx_drop", stats.rx_drop),
            ("tx_bytes", stats.tx_bytes), ("tx_packets", stats.tx_packets), ("tx_errs", stats.tx_errs), ("tx_drop", stats.tx_drop),
        ]
        return all.filter { $0.1 >= 0 }.map { (name: $0.0, value: Int64($0.1)) }
    }

    /// `virDomainBlockStats`: counters of one disk, named by its target (`vda`); the empty string sums all disks.
    public func blockStatistics(disk: String) throws(LibvirtError) -> [(name: String, value: Int64)] {
        var stats = virDomainBlockStatsStruct()
        try check(unsafe virDomainBlockStats(pointer, disk, &stats, MemoryLayout<virDomainBlockStatsStruct>.size))
        let all = [
            ("rd_req", stats.rd_req), ("rd_bytes", stats.rd_bytes), ("wr_req", stats.wr_req), ("wr_bytes", stats.wr_bytes),
            ("errs", stats.errs),
        ]
        return all.filter { $0.1 >= 0 }.map { (name: $0.0, value: Int64($0.1)) }
    }

    /// `virDomainMemoryStats`: pairs of a `virDomainMemoryStatTags` and its value.
    public func memoryStatistics() throws(LibvirtError) -> [(tag: Int32, value: UInt64)] {
        let capacity = Int(VIR_DOMAIN_MEMORY_STAT_NR.rawValue)
        var stats = [virDomainMemoryStatStruct](repeating: virDomainMemoryStatStruct(), count: capacity)
        let count = unsafe try check(virDomainMemoryStats(pointer, &stats, CUnsignedInt(capacity), 0))
        return stats.prefix(Int(count)).map { (tag: $0.tag, value: UInt64($0.val)) }
    }
}
