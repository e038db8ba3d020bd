// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

/// One open hypervisor. Shared and long-lived, so a class; libvirt itself makes the pointer safe to share between threads.
///
/// Every call blocks its thread until the hypervisor answers, and throws what libvirt said where it fails.
@safe public final class Connection: Sendable {
    /// Only read after `init`; libvirt locks what is behind it.
    nonisolated(unsafe) let pointer: virConnectPtr

    /// `virConnectOpenAuth`; read-only, libvirt refuses what modifies with `operationDenied`.
    /// Credentials come from libvirt's `auth.conf`, or the file that the URI names as `authfile`; nothing prompts.
    public init(uri: String, readOnly: Bool) throws(LibvirtError) {
        try EventLoop.register()
        var kinds = [VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE].map { CInt($0.rawValue) }
        let flags = readOnly ? VIR_CONNECT_RO.rawValue : 0
        let opened: virConnectPtr? = unsafe kinds.withUnsafeMutableBufferPointer { kinds in
            // libvirt asks the callback for what its file does not have.
            var authentication = unsafe virConnectAuth(
                credtype: kinds.baseAddress, ncredtype: CUnsignedInt(kinds.count), cb: { _, _, _ in -1 }, cbdata: nil)
            return unsafe virConnectOpenAuth(uri, &authentication, flags)
        }
        unsafe pointer = unsafe try check(opened)
    }

    deinit { unsafe _ = virConnectClose(pointer) }

    /// Makes libvirt close a connection whose daemon stays silent: `virConnectSetKeepAlive`, seconds between pings and
    /// pings unanswered. False where the other end knows no keepalive; a driver that runs in this process throws `noSupport`.
    public func keepAlive(interval: CInt, count: CUnsignedInt) throws(LibvirtError) -> Bool {
        try check(unsafe virConnectSetKeepAlive(pointer, interval, count)) == 0
    }

    /// Whether the daemon is still at the other end, as far as this side knows: `virConnectIsAlive`.
    public func isAlive() throws(LibvirtError) -> Bool { try check(unsafe virConnectIsAlive(pointer)) == 1 }

    /// `virConnectGetType`, for example `QEMU` or `TEST`.
    public func type() throws(LibvirtError) -> String { unsafe String(cString: try check(virConnectGetType(pointer))) }

    /// `virConnectGetHostname`.
    public func hostname() throws(LibvirtError) -> String { try unsafe takeString(virConnectGetHostname(pointer)) }

    /// `virConnectGetCapabilities`: XML.
    public func capabilities() throws(LibvirtError) -> String { try unsafe takeString(virConnectGetCapabilities(pointer)) }

    /// `virConnectGetVersion`: the hypervisor's, major * 1,000,000 + minor * 1,000 + release.
    public func version() throws(LibvirtError) -> UInt {
        var version: CUnsignedLong = 0
        try check(unsafe virConnectGetVersion(pointer, &version))
        return version
    }

    /// `virConnectGetLibVersion`: the host's libvirt, in the same form.
    public func libraryVersion() throws(LibvirtError) -> UInt {
        var version: CUnsignedLong = 0
        try check(unsafe virConnectGetLibVersion(pointer, &version))
        return version
    }

    /// `virNodeGetInfo`.
    public func nodeInfo() throws(LibvirtError) -> NodeInfo {
        var info = virNodeInfo()
        try check(unsafe virNodeGetInfo(pointer, &info))
        let model = unsafe withUnsafeBytes(of: info.model) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return NodeInfo(
            model: model, memory: UInt64(info.memory), cpus: info.cpus, frequency: info.mhz, numaNodes: info.nodes,
            sockets: info.sockets, cores: info.cores, threads: info.threads)
    }
}

/// A string that libvirt allocated, copied and freed.
func takeString(_ text: UnsafeMutablePointer<CChar>?) throws(LibvirtError) -> String {
    let text = unsafe try check(text)
    defer { unsafe free(text) }
    return unsafe String(cString: text)
}
