// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Adapter {
    static func domainIdentifiers(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var identifiers = [CInt](repeating: 0, count: 16_384)
        let count = unsafe try check(virConnectListDomains(object.pointer, &identifiers, CInt(16_384)))
        return CallResult(.none, [("ids", .list(identifiers.prefix(Int(count)).map { .integer(Int64($0)) }))])
    }

    /// The library's own version; the one of a driver is 0 in every release since 0.8.
    static func libraryVersion(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var version: CUnsignedLong = 0
        try check(unsafe virGetVersion(&version, nil, nil))
        return CallResult(.none, [("libVer", .unsigned(UInt64(version)))])
    }

    static func nodeCPUStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let (cpu, flags) = (arguments.int("cpuNum"), arguments.uint("flags"))
        var count: CInt = 0
        try check(unsafe virNodeGetCPUStats(object.pointer, cpu, nil, &count, flags))
        var stats = [virNodeCPUStats](repeating: virNodeCPUStats(), count: max(Int(count), 1))
        if count > 0 { try check(unsafe virNodeGetCPUStats(object.pointer, cpu, &stats, &count, flags)) }
        return CallResult(.none, [("params", .structure(stats.prefix(Int(count)).map { (text(in: $0.field), .unsigned(UInt64($0.value))) }))])
    }

    static func nodeMemoryStatistics(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let (cell, flags) = (arguments.int("cellNum"), arguments.uint("flags"))
        var count: CInt = 0
        try check(unsafe virNodeGetMemoryStats(object.pointer, cell, nil, &count, flags))
        var stats = [virNodeMemoryStats](repeating: virNodeMemoryStats(), count: max(Int(count), 1))
        if count > 0 { try check(unsafe virNodeGetMemoryStats(object.pointer, cell, &stats, &count, flags)) }
        return CallResult(.none, [("params", .structure(stats.prefix(Int(count)).map { (text(in: $0.field), .unsigned(UInt64($0.value))) }))])
    }

    static func cellsFreeMemory(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let room = max(1, arguments.int("maxCells"))
        var sizes = [CUnsignedLongLong](repeating: 0, count: Int(room))
        let count = unsafe try check(virNodeGetCellsFreeMemory(object.pointer, &sizes, arguments.int("startCell"), room))
        return CallResult(.none, [("freeMems", .list(sizes.prefix(Int(count)).map { .unsigned($0) }))])
    }

    /// For each cell, for each size of pages in KiB, how many are free.
    static func freePages(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var sizes = arguments.numbers("pages").map { CUnsignedInt(truncatingIfNeeded: $0) }
        let cells = Int(max(1, arguments.uint("cellCount")))
        let kinds = sizes.count
        var counts = [CUnsignedLongLong](repeating: 0, count: max(kinds * cells, 1))
        let filled = Int(
            unsafe try check(
                virNodeGetFreePages(
                    object.pointer, CUnsignedInt(kinds), &sizes, arguments.int("startCell"), CUnsignedInt(cells), &counts, arguments.uint("flags"))))
        let start = Int(max(0, arguments.int("startCell")))
        let lists = (0..<(kinds == 0 ? 0 : filled / kinds)).map { cell -> Datum in
            .structure([("cell", .integer(Int64(start + cell)))] + (0..<kinds).map { ("\(sizes[$0])KiB", .unsigned(counts[cell * kinds + $0])) })
        }
        return CallResult(.none, [("counts", .list(lists))])
    }

    static func allocatePages(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var sizes = arguments.numbers("pageSizes").map { CUnsignedInt(truncatingIfNeeded: $0) }
        var counts = arguments.numbers("pageCounts").map { CUnsignedLongLong($0) }
        guard sizes.count == counts.count else {
            throw LibvirtError(code: .invalidArgument, message: "there must be one of pageCounts for each of pageSizes")
        }
        let kinds = CUnsignedInt(sizes.count)
        let adjusted = unsafe try check(
            virNodeAllocPages(
                object.pointer, kinds, &sizes, &counts, arguments.int("startCell"), arguments.uint("cellCount"), arguments.uint("flags")))
        return CallResult(.integer(Int64(adjusted)))
    }

    static func leases(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var list: UnsafeMutablePointer<virNetworkDHCPLeasePtr?>?
        let count = Int(unsafe try check(virNetworkGetDHCPLeases(object.pointer, arguments.string("mac"), &list, arguments.uint("flags"))))
        defer { unsafe free(list) }
        let leases = (0..<count).map { index -> Datum in
            guard let lease = unsafe list?[index] else { return .none }
            defer { unsafe virNetworkDHCPLeaseFree(lease) }
            return .structure([
                ("iface", .string(unsafe string(lease.pointee.iface))), ("expirytime", .integer(unsafe lease.pointee.expirytime)),
                ("type", .integer(Int64(unsafe lease.pointee.type))), ("mac", .string(unsafe string(lease.pointee.mac))),
                ("iaid", .string(unsafe string(lease.pointee.iaid))), ("ipaddr", .string(unsafe string(lease.pointee.ipaddr))),
                ("prefix", .unsigned(UInt64(unsafe lease.pointee.prefix))), ("hostname", .string(unsafe string(lease.pointee.hostname))),
                ("clientid", .string(unsafe string(lease.pointee.clientid))),
            ])
        }
        return CallResult(.none, [("leases", .list(leases))])
    }

    static func secretValue(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var size = 0
        let value = unsafe try check(virSecretGetValue(object.pointer, &size, arguments.uint("flags")))
        defer {
            unsafe explicit_bzero(value, size)
            unsafe free(value)
        }
        return CallResult(.bytes(unsafe Array(UnsafeBufferPointer(start: value, count: size))))
    }

    static func setSecretValue(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let value = arguments.bytes("value")
        let (count, flags) = (value.count, arguments.uint("flags"))
        try check(unsafe virSecretSetValue(object.pointer, value, count, flags))
        return CallResult(.none)
    }

    /// The volume that is copied is given by its name in the same pool, its key or its path.
    static func cloneVolume(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let key = arguments.string("clonevol") ?? ""
        let connection = unsafe try check(virStoragePoolGetConnect(object.pointer))
        let source =
            unsafe virStorageVolLookupByName(object.pointer, key) ?? virStorageVolLookupByPath(connection, key)
            ?? virStorageVolLookupByKey(connection, key)
        let original = unsafe try check(source)
        defer { unsafe _ = virStorageVolFree(original) }
        return CallResult(
            try unsafe made(
                .volume, of: object,
                virStorageVolCreateXMLFrom(
                    object.pointer, arguments.string("xmlDesc"), original, arguments.uint("flags"))))
    }
}
