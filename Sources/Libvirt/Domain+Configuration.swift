// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

extension Domain {
    /// `virDomainSetAutostart`.
    public func setAutostart(_ autostart: Int32) throws(LibvirtError) { try check(unsafe virDomainSetAutostart(pointer, autostart)) }

    /// `virDomainSetMemory`, KiB.
    public func setMemory(_ memory: UInt64) throws(LibvirtError) { try check(unsafe virDomainSetMemory(pointer, CUnsignedLong(memory))) }

    /// `virDomainSetMemoryFlags`, KiB. flags: `virDomainMemoryModFlags`.
    public func setMemory(_ memory: UInt64, flags: UInt32) throws(LibvirtError) {
        try check(unsafe virDomainSetMemoryFlags(pointer, CUnsignedLong(memory), flags))
    }

    /// `virDomainSetMaxMemory`, KiB.
    public func setMaximumMemory(_ memory: UInt64) throws(LibvirtError) {
        try check(unsafe virDomainSetMaxMemory(pointer, CUnsignedLong(memory)))
    }

    /// `virDomainSetVcpus`.
    public func setVcpus(_ count: UInt32) throws(LibvirtError) { try check(unsafe virDomainSetVcpus(pointer, count)) }

    /// `virDomainSetVcpusFlags`. flags: `virDomainVcpuFlags`.
    public func setVcpus(_ count: UInt32, flags: UInt32) throws(LibvirtError) {
        try check(unsafe virDomainSetVcpusFlags(pointer, count, flags))
    }
}
