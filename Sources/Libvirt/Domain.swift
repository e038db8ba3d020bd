// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

/// A domain's handle, lent by a `Connection`: non-copyable, so it is freed exactly once. Only what the
/// inventory reads of every domain stands here; all else is called by its `Function`.
@safe public struct Domain: ~Copyable {
    let pointer: virDomainPtr

    init(owning pointer: virDomainPtr) { unsafe self.pointer = unsafe pointer }

    deinit { unsafe _ = virDomainFree(pointer) }

    /// `virDomainGetName`.
    public func name() throws(LibvirtError) -> String { unsafe String(cString: try check(virDomainGetName(pointer))) }

    /// `virDomainGetUUID`.
    public func uuid() throws(LibvirtError) -> UUID {
        var raw = [UInt8](repeating: 0, count: Int(VIR_UUID_BUFLEN))
        try check(unsafe virDomainGetUUID(pointer, &raw))
        return UUID(raw)
    }

    /// `virDomainGetXMLDesc`. flags: `virDomainXMLFlags`.
    public func xml(flags: UInt32 = 0) throws(LibvirtError) -> String { try unsafe takeString(virDomainGetXMLDesc(pointer, flags)) }

    /// The same of the configuration that it starts with next: `VIR_DOMAIN_XML_INACTIVE`.
    public func configuredXML() throws(LibvirtError) -> String { try xml(flags: UInt32(VIR_DOMAIN_XML_INACTIVE.rawValue)) }

    /// `virDomainGetMetadata` of the element in that namespace; nil if there is none.
    /// - Parameter impact: nil: of the running configuration if there is one.
    public func metadata(namespace: String, _ impact: ModificationImpact? = nil) throws(LibvirtError) -> String? {
        do throws(LibvirtError) {
            return try unsafe takeString(
                virDomainGetMetadata(pointer, Int32(VIR_DOMAIN_METADATA_ELEMENT.rawValue), namespace, impact?.rawValue ?? 0))
        } catch  where error.code == .noDomainMetadata {
            return nil
        }
    }

    /// `virDomainSetMetadata` of the element in that namespace.
    /// - Parameters:
    ///   - element: without a prefix; nil takes it away.
    ///   - prefix: that libvirt writes it with.
    public func setMetadata(_ element: String?, namespace: String, prefix: String, _ impact: ModificationImpact) throws(LibvirtError) {
        try check(
            unsafe virDomainSetMetadata(
                pointer, Int32(VIR_DOMAIN_METADATA_ELEMENT.rawValue), element, prefix, namespace, impact.rawValue))
    }

    /// `virDomainGetInfo`.
    public func info() throws(LibvirtError) -> DomainInfo {
        var info = virDomainInfo()
        try check(unsafe virDomainGetInfo(pointer, &info))
        return DomainInfo(
            state: Int32(info.state), maximumMemory: UInt64(info.maxMem), memory: UInt64(info.memory),
            vcpus: UInt32(info.nrVirtCpu), cpuTime: info.cpuTime)
    }

    /// `virDomainGetState`: a `virDomainState` and its reason.
    public func state() throws(LibvirtError) -> DomainState {
        var (state, reason): (CInt, CInt) = (0, 0)
        try check(unsafe virDomainGetState(pointer, &state, &reason, 0))
        return DomainState(state: state, reason: reason)
    }

    /// `virDomainGetAutostart`.
    public func autostart() throws(LibvirtError) -> Bool {
        var autostart: CInt = 0
        try check(unsafe virDomainGetAutostart(pointer, &autostart))
        return autostart != 0
    }

    /// `virDomainIsActive`.
    public func isActive() throws(LibvirtError) -> Bool { try check(unsafe virDomainIsActive(pointer)) == 1 }

    /// `virDomainIsPersistent`.
    public func isPersistent() throws(LibvirtError) -> Bool { try check(unsafe virDomainIsPersistent(pointer)) == 1 }
}

/// Which of a domain's two configurations is meant: `virDomainModificationImpact`.
public enum ModificationImpact: Sendable {
    /// The one that it runs with.
    case live
    /// The stored one.
    case configured

    var rawValue: UInt32 {
        switch self {
        case .live: VIR_DOMAIN_AFFECT_LIVE.rawValue
        case .configured: VIR_DOMAIN_AFFECT_CONFIG.rawValue
        }
    }
}

/// `virDomainInfo`.
public struct DomainInfo: Hashable, Sendable {
    /// A `virDomainState`.
    public let state: Int32
    /// KiB.
    public let maximumMemory: UInt64
    /// KiB.
    public let memory: UInt64
    public let vcpus: UInt32
    /// Nanoseconds.
    public let cpuTime: UInt64
}
