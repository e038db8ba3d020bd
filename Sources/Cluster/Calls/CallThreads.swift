// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Foundation
import Synchronization

/// Threads for calls that block, as many as there are calls: one that hangs holds up no other. How many there can be is for who
/// makes the calls to bound. One that has nothing to do ends after a while.
final class CallThreads: Sendable {
    static let shared = CallThreads()

    typealias Job = @Sendable () -> Void

    /// What `top -H` shows; Linux takes 15 bytes.
    private static let name = "libvirt call"

    /// A thread without work, and the job that it is woken for.
    private final class Seat: Sendable {
        let job = Mutex<Job?>(nil)
        let wake = DispatchSemaphore(value: 0)
    }

    private struct State {
        /// The last that came is the first to be woken, so that those that are not needed grow old.
        var idle: [Seat] = []
        var count = 0
    }

    private let state = Mutex(State())
    private let patience: DispatchTimeInterval

    /// - Parameter patience: how long a thread waits for work before it ends.
    init(patience: DispatchTimeInterval = .seconds(10)) { self.patience = patience }

    /// How many there are now.
    var count: Int { state.withLock { $0.count } }

    func submit(_ job: @escaping Job) {
        let seat: Seat? = state.withLock { state in
            if let seat = state.idle.popLast() { return seat }
            state.count += 1
            return nil
        }
        if let seat {
            seat.job.withLock { $0 = job }
            seat.wake.signal()
        } else {
            Thread { [self] in run(job) }.start()
        }
    }

    /// Lets go of an object whose end may block.
    func release(_ object: consuming some AnyObject & Sendable) {
        let held = Mutex<(any AnyObject & Sendable)?>(object)
        submit { held.withLock { $0 = nil } }
    }

    private func run(_ first: @escaping Job) {
        // By itself: who starts a thread that has not begun yet cannot name it.
        Thread.current.name = Self.name
        let seat = Seat()
        seat.job.withLock { $0 = first }
        while work(on: seat) {
            state.withLock { $0.idle.append(seat) }
            if seat.wake.wait(timeout: .now() + patience) == .timedOut, !leave(seat) { seat.wake.wait() }
        }
    }

    /// Whether there was a job. Nothing of it is held afterwards.
    private func work(on seat: Seat) -> Bool {
        guard let job = seat.job.withLock({ $0.take() }) else { return false }
        job()
        return true
    }

    /// Whether nobody has a job for it. Who has taken its seat is about to wake it.
    private func leave(_ seat: Seat) -> Bool {
        state.withLock { state in
            guard let index = state.idle.firstIndex(where: { $0 === seat }) else { return false }
            state.idle.remove(at: index)
            state.count -= 1
            return true
        }
    }
}
