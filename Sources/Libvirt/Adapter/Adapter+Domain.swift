// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Adapter {
    static func blockPeek(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let size = Int(arguments.ullong("size"))
        let bytes = try unsafe filledBytes(size) { buffer in
            unsafe virDomainBlockPeek(
                object.pointer, arguments.string("disk") ?? "", arguments.ullong("offset"), size, buffer, arguments.uint("flags"))
        }
        return CallResult(.none, [("buffer", .bytes(bytes))])
    }

    static func memoryPeek(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let size = Int(arguments.ullong("size"))
        let bytes = try unsafe filledBytes(size) { buffer in
            unsafe virDomainMemoryPeek(object.pointer, arguments.ullong("start"), size, buffer, arguments.uint("flags"))
        }
        return CallResult(.none, [("buffer", .bytes(bytes))])
    }

    static func diskErrors(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let flags = arguments.uint("flags")
        let room = Int(try check(unsafe virDomainGetDiskErrors(object.pointer, nil, 0, flags)))
        var errors = unsafe [virDomainDiskError](repeating: virDomainDiskError(), count: max(room, 1))
        let count = Int(unsafe try check(virDomainGetDiskErrors(object.pointer, &errors, CUnsignedInt(room), flags)))
        let found = (0..<count).map { index -> Datum in
            let disk = unsafe errors[index].disk.map { unsafe String(cString: $0) } ?? ""
            unsafe free(errors[index].disk)
            return .structure([("disk", .string(disk)), ("error", .integer(Int64(unsafe errors[index].error)))])
        }
        return CallResult(.none, [("errors", .list(found))])
    }

    static func fileSystems(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var list: UnsafeMutablePointer<virDomainFSInfoPtr?>?
        let count = Int(unsafe try check(virDomainGetFSInfo(object.pointer, &list, arguments.uint("flags"))))
        defer { unsafe free(list) }
        let systems = (0..<count).map { index -> Datum in
            guard let info = unsafe list?[index] else { return .none }
            defer { unsafe virDomainFSInfoFree(info) }
            let aliases = (0..<Int(unsafe info.pointee.ndevAlias)).map { unsafe Datum.string(string(info.pointee.devAlias[$0])) }
            return .structure([
                ("mountpoint", .string(unsafe string(info.pointee.mountpoint))), ("name", .string(unsafe string(info.pointee.name))),
                ("fstype", .string(unsafe string(info.pointee.fstype))), ("devAlias", .list(aliases)),
            ])
        }
        return CallResult(.none, [("info", .list(systems))])
    }

    static func ioThreads(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var list: UnsafeMutablePointer<virDomainIOThreadInfoPtr?>?
        let count = Int(unsafe try check(virDomainGetIOThreadInfo(object.pointer, &list, arguments.uint("flags"))))
        defer { unsafe free(list) }
        let threads = (0..<count).map { index -> Datum in
            guard let info = unsafe list?[index] else { return .none }
            defer { unsafe virDomainIOThreadInfoFree(info) }
            let bits = unsafe UnsafeBufferPointer(start: info.pointee.cpumap, count: Int(info.pointee.cpumaplen))
            return .structure([
                ("iothread_id", .unsigned(UInt64(unsafe info.pointee.iothread_id))), ("cpumap", .cpus(bits: unsafe Array(bits))),
            ])
        }
        return CallResult(.none, [("info", .list(threads))])
    }

    static func securityLabels(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var list: virSecurityLabelPtr?
        let count = Int(unsafe try check(virDomainGetSecurityLabelList(object.pointer, &list)))
        defer { unsafe free(list) }
        let labels = (0..<count).compactMap { index in unsafe list.map { unsafe Datum.structure(fields(of: $0 + index)) } }
        return CallResult(.none, [("seclabels", .list(labels))])
    }

    static func securityLabel(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let label = virSecurityLabelPtr.allocate(capacity: 1)
        unsafe label.initialize(to: virSecurityLabel())
        defer { unsafe label.deallocate() }
        try check(unsafe virDomainGetSecurityLabel(object.pointer, label))
        return CallResult(.none, unsafe fields(of: label))
    }

    private static func fields(of label: virSecurityLabelPtr) -> [(String, Datum)] {
        unsafe [("label", .string(string(virSecurityLabelText(label)))), ("enforcing", .integer(Int64(label.pointee.enforcing)))]
    }

    static func interfaceAddresses(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var list: UnsafeMutablePointer<virDomainInterfacePtr?>?
        let count = Int(
            unsafe try check(
                virDomainInterfaceAddresses(object.pointer, &list, arguments.uint("source"), arguments.uint("flags"))))
        defer { unsafe free(list) }
        let interfaces = (0..<count).map { index -> Datum in
            guard let interface = unsafe list?[index] else { return .none }
            defer { unsafe virDomainInterfaceFree(interface) }
            let addresses = (0..<Int(unsafe interface.pointee.naddrs)).map { index -> Datum in
                let address = unsafe interface.pointee.addrs[index]
                return .structure([
                    ("type", .integer(Int64(unsafe address.type))), ("addr", .string(unsafe string(address.addr))),
                    ("prefix", .unsigned(UInt64(unsafe address.prefix))),
                ])
            }
            return .structure([
                ("name", .string(unsafe string(interface.pointee.name))), ("hwaddr", .string(unsafe string(interface.pointee.hwaddr))),
                ("addrs", .list(addresses)),
            ])
        }
        return CallResult(.none, [("ifaces", .list(interfaces))])
    }

    static func schedulerParameters(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let parameters = try unsafe filledParameters(room: schedulerParameterCount(object)) { list, count in
            unsafe virDomainGetSchedulerParameters(object.pointer, list, count)
        }
        return CallResult(.none, [("params", parameters)])
    }

    static func schedulerParametersFlags(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        let parameters = try unsafe filledParameters(room: schedulerParameterCount(object)) { list, count in
            unsafe virDomainGetSchedulerParametersFlags(object.pointer, list, count, arguments.uint("flags"))
        }
        return CallResult(.none, [("params", parameters)])
    }

    private static func schedulerParameterCount(_ object: borrowing Handle) throws(LibvirtError) -> CInt {
        var count: CInt = 0
        _ = try unsafe owned(virDomainGetSchedulerType(object.pointer, &count))
        return count
    }

    static func sendKey(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {
        var codes = arguments.numbers("keycodes").map { CUnsignedInt(truncatingIfNeeded: $0) }
        let count = CInt(codes.count)
        try check(
            unsafe virDomainSendKey(
                object.pointer, arguments.uint("codeset"), arguments.uint("holdtime"), &codes, count, arguments.uint("flags")))
        return CallResult(.none)
    }

    /// A string inside a structure, which its owner frees; empty for NULL.
    static func string(_ text: UnsafePointer<CChar>?) -> String { unsafe text.map { unsafe String(cString: $0) } ?? "" }
}
