// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Foundation
import Synchronization

/// Threads for calls that block, as many as there are calls: one that hangs holds up no other. How many there can be is for who
/// makes the calls to bound. One that has nothing to do ends after a while.
final class CallThreads: Sendable {
    static let shared = CallThreads()

    private static let patience: DispatchTimeInterval = .seconds(10)

    private struct State {
        var jobs: [@Sendable () -> Void] = []
        var idle = 0
        var count = 0
    }

    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)

    /// How many there are now.
    var count: Int { state.withLock { $0.count } }

    func submit(_ job: @escaping @Sendable () -> Void) {
        let needsThread = state.withLock { state in
            state.jobs.append(job)
            guard state.idle < state.jobs.count else { return false }
            state.count += 1
            return true
        }
        if needsThread {
            let thread = Thread { [self] in run() }
            thread.name = "libvirt call"
            thread.start()
        } else {
            work.signal()
        }
    }

    /// Lets go of an object whose end may block.
    func release(_ object: consuming some AnyObject & Sendable) {
        let held = Mutex<(any AnyObject & Sendable)?>(object)
        submit { held.withLock { $0 = nil } }
    }

    private func run() {
        while true {
            let job: (@Sendable () -> Void)? = state.withLock { state in
                guard state.jobs.isEmpty else { return state.jobs.removeFirst() }
                state.idle += 1
                return nil
            }
            if let job {
                job()
                continue
            }
            let outcome = work.wait(timeout: .now() + Self.patience)
            let isOver = state.withLock { state in
                state.idle -= 1
                guard outcome == .timedOut, state.jobs.isEmpty else { return false }
                state.count -= 1
                return true
            }
            if isOver { return }
        }
    }
}
