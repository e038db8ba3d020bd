// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Adapter {
    static func allDomainStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        CallResult(
            .none,
            [
                (
                    "retStats",
                    try unsafe records { list in
                        unsafe virConnectGetAllDomainStats(object.pointer, arguments.uint("stats"), list, arguments.uint("flags"))
                    }
                )
            ])
    }

    /// The list of domains is the one that the function is called on.
    static func domainStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var domains: [OpaquePointer?] = unsafe [object.pointer, nil]
        return CallResult(
            .none,
            [
                (
                    "retStats",
                    try unsafe records { list in
                        unsafe virDomainListGetStats(&domains, arguments.uint("stats"), list, arguments.uint("flags"))
                    }
                )
            ])
    }

    private static func records(
        _ fill: (UnsafeMutablePointer<UnsafeMutablePointer<virDomainStatsRecordPtr?>?>) -> CInt
    ) throws(LibvirtError) -> Datum {
        var list: UnsafeMutablePointer<virDomainStatsRecordPtr?>?
        let count = Int(try check(unsafe fill(&list)))
        guard let list = unsafe list else { return .list([]) }
        defer { unsafe virDomainStatsRecordListFree(list) }
        var records: [Datum] = []
        for index in 0..<count {
            guard let record = unsafe list[index]?.pointee, let domain = unsafe record.dom, unsafe virDomainRef(domain) == 0 else { continue }
            let identity = try unsafe Handle(owning: domain, .domain, of: ObjectPath([])).identity
            let parameters = unsafe record.params.map { unsafe TypedParameter.list($0, Int(record.nparams)) } ?? []
            records.append(.structure([("dom", .object(identity)), ("params", .parameters(parameters))]))
        }
        return .list(records)
    }

    static func blockStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var stats = virDomainBlockStatsStruct()
        try check(
            unsafe virDomainBlockStats(
                object.pointer, arguments.string("disk") ?? "", &stats, MemoryLayout<virDomainBlockStatsStruct>.size))
        return CallResult(
            .none,
            [
                (
                    "stats",
                    counters([
                        ("rd_req", stats.rd_req), ("rd_bytes", stats.rd_bytes), ("wr_req", stats.wr_req), ("wr_bytes", stats.wr_bytes),
                        ("errs", stats.errs),
                    ])
                )
            ])
    }

    static func interfaceStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var stats = virDomainInterfaceStatsStruct()
        try check(
            unsafe virDomainInterfaceStats(
                object.pointer, arguments.string("device"), &stats, MemoryLayout<virDomainInterfaceStatsStruct>.size))
        return CallResult(
            .none,
            [
                (
                    "stats",
                    counters([
                        ("rx_bytes", stats.rx_bytes), ("rx_packets", stats.rx_packets), ("rx_errs", stats.rx_errs), ("rx_drop", stats.rx_drop),
                        ("tx_bytes", stats.tx_bytes), ("tx_packets", stats.tx_packets), ("tx_errs", stats.tx_errs), ("tx_drop", stats.tx_drop),
                    ])
                )
            ])
    }

    /// What the driver does not count is -1 to libvirt, and left out here.
    private static func counters(_ all: [(String, CLongLong)]) -> Datum {
        .structure(all.filter { $0.1 >= 0 }.map { ($0.0, .integer(Int64($0.1))) })
    }

    static func memoryStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        // As many as libvirt carries over its protocol, which are more than this release has tags for.
        var stats = [virDomainMemoryStatStruct](repeating: virDomainMemoryStatStruct(), count: Int(VIR_DOMAIN_MEMORY_STAT_NR.rawValue))
        let room = CUnsignedInt(stats.count)
        let count = unsafe try check(virDomainMemoryStats(object.pointer, &stats, room, arguments.uint("flags")))
        let fields = stats.prefix(Int(count)).map { stat in
            (Enumeration.virDomainMemoryStatTags.name(of: Int64(stat.tag)) ?? String(stat.tag), Datum.unsigned(UInt64(stat.val)))
        }
        return CallResult(.none, [("stats", .structure(fields))])
    }

    /// One set of parameters for each CPU asked for; with `start_cpu` -1, of all together.
    static func cpuStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let (start, flags) = (arguments.int("start_cpu"), arguments.uint("flags"))
        let cpus = start < 0 ? 1 : max(1, arguments.uint("ncpus"))
        let perCPU = try check(unsafe virDomainGetCPUStats(object.pointer, nil, 0, start, 1, flags))
        let room = Int(perCPU) * Int(cpus)
        guard room > 0 else { return CallResult(.none, [("params", .list([]))]) }
        let parameters = UnsafeMutablePointer<virTypedParameter>.allocate(capacity: room)
        unsafe parameters.initialize(repeating: virTypedParameter(), count: room)
        defer {
            unsafe virTypedParamsClear(parameters, CInt(room))
            unsafe parameters.deallocate()
        }
        try check(unsafe virDomainGetCPUStats(object.pointer, parameters, CUnsignedInt(perCPU), start, cpus, flags))
        let sets = (0..<Int(cpus)).map { unsafe TypedParameter.list(parameters + $0 * Int(perCPU), Int(perCPU)) }
        return CallResult(.none, [("params", .list(sets.filter { !$0.isEmpty }.map(Datum.parameters)))])
    }

    /// libvirt forgets the statistics of a completed job that are read, unless told to keep them; a read should not do that.
    static func jobStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var flags = arguments.uint("flags")
        if flags & VIR_DOMAIN_JOB_STATS_COMPLETED.rawValue != 0 { flags |= VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED.rawValue }
        var type: CInt = 0
        var count: CInt = 0
        let parameters = try unsafe givenParameters(count: { Int(count) }) { parameters in
            unsafe virDomainGetJobStats(object.pointer, &type, parameters, &count, flags)
        }
        return CallResult(.none, [("type", .integer(Int64(type))), ("params", parameters)])
    }

    /// Nothing, if no job is under way.
    static func blockJob(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var info = virDomainBlockJobInfo()
        let found = unsafe try check(virDomainGetBlockJobInfo(object.pointer, arguments.string("disk") ?? "", &info, arguments.uint("flags")))
        guard found == 1 else { return CallResult(.none) }
        return CallResult(
            .none,
            [
                ("type", .integer(Int64(info.type))), ("bandwidth", .unsigned(UInt64(info.bandwidth))),
                ("cur", .unsigned(UInt64(info.cur))), ("end", .unsigned(UInt64(info.end))),
            ])
    }
}
