// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// Tells when a connection has ended that nobody closed: the daemon went, or kept silent for too long
/// (`Connection.keepAlive`). `virConnectRegisterCloseCallback`.
///
/// libvirt keeps the connection alive as long as the callback is registered, so `cancel()` has to be called, also of a connection that is dead.
public final class CloseSubscription: Sendable {
    private let connection: Connection

    /// Retained for libvirt, whose free callback releases it.
    private final class Sink: Sendable {
        let receive: @Sendable () -> Void
        init(_ receive: @escaping @Sendable () -> Void) { self.receive = receive }
    }

    /// A connection can have one. `receive` is called on the thread of the event loop, and may not call libvirt. A driver that runs
    /// in this process throws `noSupport`: it cannot go.
    public init(on connection: Connection, receive: @escaping @Sendable () -> Void) throws(LibvirtError) {
        self.connection = connection
        let box = unsafe Unmanaged.passRetained(Sink(receive))
        do throws(LibvirtError) {
            try check(
                unsafe virConnectRegisterCloseCallback(
                    connection.pointer, Self.closed, box.toOpaque(),
                    { opaque in
                        guard let opaque = unsafe opaque else { return }
                        unsafe Unmanaged<Sink>.fromOpaque(opaque).release()
                    }))
        } catch {
            unsafe box.release()
            throw error
        }
    }

    private static let closed: virConnectCloseFunc = { _, _, opaque in
        guard let opaque = unsafe opaque else { return }
        unsafe Unmanaged<Sink>.fromOpaque(opaque).takeUnretainedValue().receive()
    }

    /// Ends it. Asks no daemon.
    public func cancel() {
        unsafe _ = virConnectUnregisterCloseCallback(connection.pointer, Self.closed)
        virResetLastError()
    }
}
