// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// The callbacks for a domain's events, each with the signature that libvirt calls it by: `virDomainEventID`.
enum DomainCallbacks {
    private typealias Text = UnsafePointer<CChar>?
    private typealias Opaque = UnsafeMutableRawPointer?

    /// By the number of the event. libvirt declares them all as the generic callback and calls each with its own arguments.
    static var all: [(event: CInt, callback: virConnectDomainEventGenericCallback)] {
        unsafe [
            (CInt(VIR_DOMAIN_EVENT_ID_LIFECYCLE.rawValue), unsafeBitCast(lifecycle, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_REBOOT.rawValue), reboot),
            (CInt(VIR_DOMAIN_EVENT_ID_DISK_CHANGE.rawValue), unsafeBitCast(diskChange, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_TRAY_CHANGE.rawValue), unsafeBitCast(trayChange, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_PMWAKEUP.rawValue), unsafeBitCast(powerManagement, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_PMSUSPEND.rawValue), unsafeBitCast(powerManagement, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK.rawValue), unsafeBitCast(powerManagement, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE.rawValue), unsafeBitCast(balloonChange, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED.rawValue), unsafeBitCast(device, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_DEVICE_ADDED.rawValue), unsafeBitCast(device, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_TUNABLE.rawValue), unsafeBitCast(tunable, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE.rawValue), unsafeBitCast(agent, to: virConnectDomainEventGenericCallback.self)),
            (CInt(VIR_DOMAIN_EVENT_ID_METADATA_CHANGE.rawValue), unsafeBitCast(metadata, to: virConnectDomainEventGenericCallback.self)),
        ]
    }

    private static let lifecycle: @convention(c) (virConnectPtr?, virDomainPtr?, CInt, CInt, Opaque) -> Void = { _, domain, event, _, opaque in
        let isOfStateOnly = [VIR_DOMAIN_EVENT_SUSPENDED, VIR_DOMAIN_EVENT_RESUMED, VIR_DOMAIN_EVENT_SHUTDOWN].contains { CInt($0.rawValue) == event }
        unsafe EventSink.domain(domain, isOfStateOnly ? .state : .all, opaque)
    }
    private static let reboot: virConnectDomainEventGenericCallback = { _, domain, opaque in unsafe EventSink.domain(domain, .state, opaque) }
    private static let diskChange: @convention(c) (virConnectPtr?, virDomainPtr?, Text, Text, Text, CInt, Opaque) -> Void = {
        _, domain, _, _, _, _, opaque in unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let trayChange: @convention(c) (virConnectPtr?, virDomainPtr?, Text, CInt, Opaque) -> Void = { _, domain, _, _, opaque in
        unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let powerManagement: @convention(c) (virConnectPtr?, virDomainPtr?, CInt, Opaque) -> Void = { _, domain, _, opaque in
        unsafe EventSink.domain(domain, .state, opaque)
    }
    private static let balloonChange: @convention(c) (virConnectPtr?, virDomainPtr?, CUnsignedLongLong, Opaque) -> Void = { _, domain, _, opaque in
        unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let device: @convention(c) (virConnectPtr?, virDomainPtr?, Text, Opaque) -> Void = { _, domain, _, opaque in
        unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let tunable: @convention(c) (virConnectPtr?, virDomainPtr?, virTypedParameterPtr?, CInt, Opaque) -> Void = {
        _, domain, _, _, opaque in unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let agent: @convention(c) (virConnectPtr?, virDomainPtr?, CInt, CInt, Opaque) -> Void = { _, domain, _, _, opaque in
        unsafe EventSink.domain(domain, .all, opaque)
    }
    private static let metadata: @convention(c) (virConnectPtr?, virDomainPtr?, CInt, Text, Opaque) -> Void = { _, domain, _, _, opaque in
        unsafe EventSink.domain(domain, .all, opaque)
    }
}
