// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// The callbacks for the events of networks, pools, node devices and secrets.
enum ObjectCallbacks {
    private typealias Opaque = UnsafeMutableRawPointer?
    /// The object, what happened and why.
    private typealias Lifecycle = @convention(c) (virConnectPtr?, OpaquePointer?, CInt, CInt, Opaque) -> Void

    static var network: [(event: CInt, callback: virConnectNetworkEventGenericCallback)] {
        unsafe [(CInt(VIR_NETWORK_EVENT_ID_LIFECYCLE.rawValue), unsafeBitCast(networkLifecycle, to: virConnectNetworkEventGenericCallback.self))]
    }

    static var pool: [(event: CInt, callback: virConnectStoragePoolEventGenericCallback)] {
        unsafe [
            (CInt(VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE.rawValue), unsafeBitCast(poolLifecycle, to: virConnectStoragePoolEventGenericCallback.self)),
            (CInt(VIR_STORAGE_POOL_EVENT_ID_REFRESH.rawValue), { _, _, opaque in unsafe EventSink.objects(.pool, opaque) }),
        ]
    }

    static var device: [(event: CInt, callback: virConnectNodeDeviceEventGenericCallback)] {
        unsafe [
            (CInt(VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE.rawValue), unsafeBitCast(deviceLifecycle, to: virConnectNodeDeviceEventGenericCallback.self)),
            (CInt(VIR_NODE_DEVICE_EVENT_ID_UPDATE.rawValue), { _, _, opaque in unsafe EventSink.objects(.device, opaque) }),
        ]
    }

    static var secret: [(event: CInt, callback: virConnectSecretEventGenericCallback)] {
        unsafe [
            (CInt(VIR_SECRET_EVENT_ID_LIFECYCLE.rawValue), unsafeBitCast(secretLifecycle, to: virConnectSecretEventGenericCallback.self)),
            (CInt(VIR_SECRET_EVENT_ID_VALUE_CHANGED.rawValue), { _, _, opaque in unsafe EventSink.objects(.secret, opaque) }),
        ]
    }

    private static let networkLifecycle: Lifecycle = { _, _, _, _, opaque in unsafe EventSink.objects(.network, opaque) }
    private static let poolLifecycle: Lifecycle = { _, _, _, _, opaque in unsafe EventSink.objects(.pool, opaque) }
    private static let deviceLifecycle: Lifecycle = { _, _, _, _, opaque in unsafe EventSink.objects(.device, opaque) }
    private static let secretLifecycle: Lifecycle = { _, _, _, _, opaque in unsafe EventSink.objects(.secret, opaque) }
}
