// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Synchronization

/// libvirt's own event loop: it carries keepalives and events. It must be registered before the first connection opens,
/// and one thread of its own has to run it.
public enum EventLoop {
    private static let stopping = Mutex(false)

    private static let registered: Bool = {
        guard virInitialize() == 0 else { return false }
        return virEventRegisterDefaultImpl() == 0
    }()

    /// Registers the loop; a second call does nothing. Errors are thrown by the calls that fail and are not printed.
    public static func register() throws(LibvirtError) {
        unsafe virSetErrorFunc(nil) { _, _ in }
        guard registered else { throw .last() }
    }

    /// Runs the loop on the calling thread until `stop()`: `virEventRunDefaultImpl`.
    public static func run() throws(LibvirtError) {
        try register()
        while !stopping.withLock({ $0 }) { try check(virEventRunDefaultImpl()) }
    }

    /// Ends `run()`, from any thread: a timer that is due at once wakes the loop.
    public static func stop() {
        stopping.withLock { $0 = true }
        unsafe _ = virEventAddTimeout(0, { timer, _ in _ = virEventRemoveTimeout(timer) }, nil, nil)
    }
}
