// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi
import Glibc
import Synchronization

/// Avahi's threaded poll: the one thread on which all of Avahi's objects of one publisher or browser live. As all that touches them
/// runs there, its lock is never needed.
@safe final class PollThread: Sendable {
    /// The three are only read after `init`; what is behind them belongs to the poll's thread while it runs.
    private nonisolated(unsafe) let poll: OpaquePointer
    private nonisolated(unsafe) let watch: OpaquePointer
    private nonisolated(unsafe) let timer: OpaquePointer
    /// An eventfd: who rings never waits for what the thread is at.
    private let bell: CInt
    private let isStopped = Mutex(false)

    /// What Avahi's constructors want.
    nonisolated(unsafe) let interface: UnsafePointer<AvahiPoll>

    private nonisolated(unsafe) let worker: Worker

    init() throws(AvahiError) {
        guard let poll = unsafe avahi_threaded_poll_new() else { throw .noMemory }
        let bell = eventfd(0, CInt(EFD_NONBLOCK | EFD_CLOEXEC))
        let worker = Worker(bell: bell)
        let opaque = unsafe Unmanaged.passUnretained(worker).toOpaque()
        guard bell >= 0, let interface = unsafe avahi_threaded_poll_get(poll),
            let timer = unsafe interface.pointee.timeout_new(interface, nil, { _, opaque in unsafe Worker.run(opaque) }, opaque),
            let watch = unsafe interface.pointee.watch_new(interface, bell, AVAHI_WATCH_IN, { _, _, _, opaque in unsafe Worker.run(opaque) }, opaque)
        else {
            unsafe avahi_threaded_poll_free(poll)
            if bell >= 0 { close(bell) }
            throw .noMemory
        }
        unsafe worker.timer = unsafe timer
        unsafe worker.interface = unsafe interface
        unsafe self.worker = worker
        unsafe self.poll = unsafe poll
        unsafe self.interface = unsafe interface
        unsafe self.timer = unsafe timer
        unsafe self.watch = unsafe watch
        self.bell = bell
    }

    deinit {
        unsafe interface.pointee.watch_free(watch)
        unsafe interface.pointee.timeout_free(timer)
        unsafe avahi_threaded_poll_free(poll)
        close(bell)
    }

    /// Has the work done from now on, until `stop()`.
    func start(_ work: some PollWork) {
        unsafe worker.work = work
        ring()
        unsafe _ = avahi_threaded_poll_start(poll)
    }

    /// Ends the thread after what it is at, lets go of the work, and then calls `close`; only the first time. Not to be called on the thread itself.
    func stop(_ close: () -> Void) {
        let isFirst = isStopped.withLock { isStopped in
            defer { isStopped = true }
            return !isStopped
        }
        guard isFirst else { return }
        unsafe _ = avahi_threaded_poll_stop(poll)
        unsafe worker.work = nil
        close()
    }

    /// Has the work done soon, once however often one rings.
    func ring() { eventfd_write(bell, 1) }
}

/// What the callbacks of a poll need.
@safe private final class Worker {
    private let bell: CInt
    var work: (any PollWork)?
    var timer: OpaquePointer?
    var interface: UnsafePointer<AvahiPoll>?

    init(bell: CInt) { self.bell = bell }

    static func run(_ opaque: UnsafeMutableRawPointer?) {
        guard let opaque = unsafe opaque else { return }
        unsafe Unmanaged<Worker>.fromOpaque(opaque).takeUnretainedValue().run()
    }

    private func run() {
        var count: eventfd_t = 0
        unsafe _ = eventfd_read(bell, &count)
        guard let next = work?.work() else {
            unsafe arm(nil)
            return
        }
        var time = timeval()
        let milliseconds = max(1, Int((next - .now) / .milliseconds(1)) + 1)
        unsafe _ = avahi_elapse_time(&time, CUnsignedInt(clamping: milliseconds), 0)
        unsafe arm(&time)
    }

    private func arm(_ time: UnsafePointer<timeval>?) {
        guard let interface = unsafe interface, let timer = unsafe timer else { return }
        unsafe interface.pointee.timeout_update(timer, time)
    }
}
