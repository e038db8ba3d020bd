// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Synchronization

/// All events of one connection that tell of a change: `virConnectDomainEventRegisterAny` and its likes.
///
/// They end with `cancel`, or with this object. libvirt keeps a connection alive as long as callbacks are registered on it, also one that is dead.
public final class EventSubscription: Sendable {
    /// How one family of callbacks is ended.
    private enum Family: Sendable { case domain, network, pool, device, secret }

    private let connection: Connection
    private let callbacks: Mutex<[(family: Family, identifier: CInt)]>
    /// Whether the driver tells of its domains' changes at all.
    public let tellsOfDomains: Bool

    /// Registers whatever events the driver has. `receive` is called on the thread of the event loop, and may not call libvirt.
    public init(on connection: Connection, receive: @escaping @Sendable (HostEvent) -> Void) {
        self.connection = connection
        let sink = EventSink(receive)
        var callbacks: [(Family, CInt)] = []
        func register(_ family: Family, _ register: (UnsafeMutableRawPointer) -> CInt) {
            let box = unsafe Unmanaged.passRetained(sink)
            let identifier = unsafe register(box.toOpaque())
            if identifier >= 0 {
                callbacks.append((family, identifier))
            } else {
                unsafe box.release()
                virResetLastError()
            }
        }
        let pointer = unsafe connection.pointer
        unsafe DomainCallbacks.all.forEach { event, callback in
            unsafe register(.domain) { unsafe virConnectDomainEventRegisterAny(pointer, nil, event, callback, $0, EventSink.free) }
        }
        unsafe ObjectCallbacks.network.forEach { event, callback in
            unsafe register(.network) { unsafe virConnectNetworkEventRegisterAny(pointer, nil, event, callback, $0, EventSink.free) }
        }
        unsafe ObjectCallbacks.pool.forEach { event, callback in
            unsafe register(.pool) { unsafe virConnectStoragePoolEventRegisterAny(pointer, nil, event, callback, $0, EventSink.free) }
        }
        unsafe ObjectCallbacks.device.forEach { event, callback in
            unsafe register(.device) { unsafe virConnectNodeDeviceEventRegisterAny(pointer, nil, event, callback, $0, EventSink.free) }
        }
        unsafe ObjectCallbacks.secret.forEach { event, callback in
            unsafe register(.secret) { unsafe virConnectSecretEventRegisterAny(pointer, nil, event, callback, $0, EventSink.free) }
        }
        tellsOfDomains = callbacks.contains { $0.0 == .domain }
        self.callbacks = Mutex(callbacks)
    }

    deinit { cancel() }

    /// Ends them, once. Blocks as long as the daemon takes to answer; on a connection that was cut, not at all.
    public func cancel() {
        let callbacks = callbacks.withLock { callbacks in
            defer { callbacks = [] }
            return callbacks
        }
        let pointer = unsafe connection.pointer
        for (family, identifier) in callbacks {
            switch family {
            case .domain: unsafe _ = virConnectDomainEventDeregisterAny(pointer, identifier)
            case .network: unsafe _ = virConnectNetworkEventDeregisterAny(pointer, identifier)
            case .pool: unsafe _ = virConnectStoragePoolEventDeregisterAny(pointer, identifier)
            case .device: unsafe _ = virConnectNodeDeviceEventDeregisterAny(pointer, identifier)
            case .secret: unsafe _ = virConnectSecretEventDeregisterAny(pointer, identifier)
            }
        }
        virResetLastError()
    }
}
