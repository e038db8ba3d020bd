// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Foundation
import Synchronization

/// Threads for calls that block, as many as there are calls: one that hangs holds up no other. How many there can be is for who
/// makes the calls to bound. One that has nothing to do ends after a while.
final class CallThreads: Sendable {
    static let shared = CallThreads()

    typealias Job = @Sendable () -> Void

    /// A thread's place, and the job that it begins with or is woken for.
    private final class Seat: Sendable {
        let job: Mutex<Job?>
        let wake = DispatchSemaphore(value: 0)

        init(_ job: Job?) { self.job = Mutex(job) }
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

    /// How many there are now, those included that wait for work.
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
            // Foundation keeps a thread's body as long as the thread: the body holds the seat, and not the job.
            let seat = Seat(job)
            Thread { [self] in run(on: seat) }.start()
        }
    }

    /// Lets go of an object whose end may block.
    func release(_ object: consuming some AnyObject & Sendable) {
        let held = Mutex<(any AnyObject & Sendable)?>(object)
        submit { held.withLock { $0 = nil } }
    }

    private func run(on seat: Seat) {
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
