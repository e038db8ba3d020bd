// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Adapter {
    static func emulatorPins(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let cpus = try hostCPUs(of: object)
        let map = try unsafe filledBytes((cpus + 7) / 8) { map in
            unsafe virDomainGetEmulatorPinInfo(object.pointer, map, CInt((cpus + 7) / 8), arguments.uint("flags"))
        }
        return CallResult(.none, [("cpumap", .cpus(bits: map, upTo: cpus))])
    }

    static func vcpuPins(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let flags = arguments.uint("flags")
        let cpus = try hostCPUs(of: object)
        let length = (cpus + 7) / 8
        let count = Int(try check(unsafe virDomainGetVcpusFlags(object.pointer, flags)))
        var filled = 0
        let maps = try unsafe filledBytes(count * length) { maps in
            let status = unsafe virDomainGetVcpuPinInfo(object.pointer, CInt(count), maps, CInt(length), flags)
            filled = Int(status)
            return status
        }
        return CallResult(
            .none, [("cpumaps", .list((0..<max(filled, 0)).map { .cpus(bits: maps[($0 * length)..<(($0 + 1) * length)], upTo: cpus) }))])
    }

    static func vcpus(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var summary = virDomainInfo()
        try check(unsafe virDomainGetInfo(object.pointer, &summary))
        let cpus = try hostCPUs(of: object)
        let length = (cpus + 7) / 8
        let room = Int(summary.nrVirtCpu)
        var infos = [virVcpuInfo](repeating: virVcpuInfo(), count: max(room, 1))
        var filled = 0
        let maps = try unsafe filledBytes(room * length) { maps in
            let status = unsafe virDomainGetVcpus(object.pointer, &infos, CInt(room), maps, CInt(length))
            filled = Int(status)
            return status
        }
        let vcpus = (0..<max(filled, 0)).map { index -> Datum in
            .structure([
                ("number", .unsigned(UInt64(infos[index].number))), ("state", .integer(Int64(infos[index].state))),
                ("cpuTime", .unsigned(infos[index].cpuTime)), ("cpu", .integer(Int64(infos[index].cpu))),
                ("cpumap", .cpus(bits: maps[(index * length)..<((index + 1) * length)], upTo: cpus)),
            ])
        }
        return CallResult(.none, [("info", .list(vcpus))])
    }

    static func cpuMap(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var map: UnsafeMutablePointer<UInt8>?
        var online: CUnsignedInt = 0
        let cpus = Int(unsafe try check(virNodeGetCPUMap(object.pointer, &map, &online, arguments.uint("flags"))))
        defer { unsafe free(map) }
        let bits = unsafe Array(UnsafeBufferPointer(start: map, count: map == nil ? 0 : (cpus + 7) / 8))
        return CallResult(.integer(Int64(cpus)), [("cpumap", .cpus(bits: bits, upTo: cpus)), ("online", .unsigned(UInt64(online)))])
    }

    /// How many CPUs the host of a domain has, online or not.
    private static func hostCPUs(of object: borrowing Handle) throws(LibvirtError) -> Int {
        let connection = unsafe try check(virDomainGetConnect(object.pointer))
        let count = unsafe virNodeGetCPUMap(connection, nil, nil, 0)
        if count > 0 { return Int(count) }
        var info = virNodeInfo()
        try check(unsafe virNodeGetInfo(connection, &info))
        return Int(info.nodes * info.sockets * info.cores * info.threads)
    }
}

extension Datum {
    /// A CPU map of a host with `count` CPUs.
    static func cpus(bits: some Collection<UInt8>, upTo count: Int) -> Datum {
        guard case .cpus(let all) = cpus(bits: bits) else { return .cpus([]) }
        return .cpus(Array(all.prefix(count)))
    }
}
