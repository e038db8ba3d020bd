// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

extension Domain {
    /// `virDomainCreate`: starts a defined domain.
    public func create() throws(LibvirtError) { try check(unsafe virDomainCreate(pointer)) }

    /// `virDomainCreateWithFlags`. flags: `virDomainCreateFlags`.
    public func create(flags: UInt32) throws(LibvirtError) { try check(unsafe virDomainCreateWithFlags(pointer, flags)) }

    /// `virDomainShutdown`: asks the guest to shut down; it may ignore that.
    public func shutdown() throws(LibvirtError) { try check(unsafe virDomainShutdown(pointer)) }

    /// `virDomainShutdownFlags`. flags: `virDomainShutdownFlagValues`.
    public func shutdown(flags: UInt32) throws(LibvirtError) { try check(unsafe virDomainShutdownFlags(pointer, flags)) }

    /// `virDomainReboot`. flags: `virDomainRebootFlagValues`.
    public func reboot(flags: UInt32) throws(LibvirtError) { try check(unsafe virDomainReboot(pointer, flags)) }

    /// `virDomainReset`: as the reset button does.
    public func reset() throws(LibvirtError) { try check(unsafe virDomainReset(pointer, 0)) }

    /// `virDomainDestroy`: ends it as pulling the cord does. A transient domain is gone afterwards.
    public func destroy() throws(LibvirtError) { try check(unsafe virDomainDestroy(pointer)) }

    /// `virDomainDestroyFlags`. flags: `virDomainDestroyFlagsValues`.
    public func destroy(flags: UInt32) throws(LibvirtError) { try check(unsafe virDomainDestroyFlags(pointer, flags)) }

    /// `virDomainSuspend`: pauses its CPUs; its memory stays.
    public func suspend() throws(LibvirtError) { try check(unsafe virDomainSuspend(pointer)) }

    /// `virDomainResume`.
    public func resume() throws(LibvirtError) { try check(unsafe virDomainResume(pointer)) }

    /// `virDomainUndefine`: forgets its configuration; a running one becomes transient.
    public func undefine() throws(LibvirtError) { try check(unsafe virDomainUndefine(pointer)) }

    /// `virDomainUndefineFlags`. flags: `virDomainUndefineFlagsValues`.
    public func undefine(flags: UInt32) throws(LibvirtError) { try check(unsafe virDomainUndefineFlags(pointer, flags)) }
}
