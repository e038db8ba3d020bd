// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Synchronization

/// What has come for a host's monitor: events, wishes to read something anew, and that the connection is lost.
final class Mailbox: Sendable {
    /// Somebody who waits until what was asked for has been read.
    final class Waiter: Sendable {
        private enum State {
            case new
            case waiting(CheckedContinuation<Bool, Never>)
            case done(Bool)
        }

        private let state = Mutex(State.new)

        /// Whether it was read. To be asked once.
        var value: Bool {
            get async {
                await withCheckedContinuation { continuation in
                    let isDone: Bool? = state.withLock { state in
                        if case .done(let isDone) = state { return isDone }
                        state = .waiting(continuation)
                        return nil
                    }
                    if let isDone { continuation.resume(returning: isDone) }
                }
            }
        }

        /// - Parameter isDone: whether it was read. Only the first call counts.
        func resume(_ isDone: Bool) {
            let continuation: CheckedContinuation<Bool, Never>? = state.withLock { state in
                switch state {
                case .done: return nil
                case .new:
                    state = .done(isDone)
                    return nil
                case .waiting(let continuation):
                    state = .done(isDone)
                    return continuation
                }
            }
            continuation?.resume(returning: isDone)
        }
    }

    struct Mail: Sendable {
        var changes = InventoryChanges()
        var waiters: [Waiter] = []
        var isLost = false
    }

    private struct State {
        var mail = Mail()
        /// Whether somebody reads it.
        var isAttended = false
    }

    private let state = Mutex(State())
    private let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    func post(_ event: HostEvent) {
        state.withLock { $0.mail.changes.insert(event) }
        wake.yield()
    }

    func post(_ changes: InventoryChanges) {
        state.withLock { $0.mail.changes.formUnion(changes) }
        wake.yield()
    }

    /// Who waits learns at once that nothing is read if nobody reads the box.
    func post(_ changes: InventoryChanges, _ waiter: Waiter) {
        let isAttended = state.withLock { state in
            guard state.isAttended else { return false }
            state.mail.changes.formUnion(changes)
            state.mail.waiters.append(waiter)
            return true
        }
        if isAttended { wake.yield() } else { waiter.resume(false) }
    }

    /// That the connection whose events come here has ended.
    func lose() {
        state.withLock { $0.mail.isLost = true }
        wake.yield()
    }

    /// Wakes the reader without mail.
    func ring() { wake.yield() }

    /// Empties the box and begins to be read.
    func open() { state.withLock { $0 = State(mail: Mail(), isAttended: true) } }

    /// Ends being read; who waits learns that nothing was.
    func close() {
        let waiters = state.withLock { state in
            defer { state = State() }
            return state.mail.waiters
        }
        for waiter in waiters { waiter.resume(false) }
    }

    /// Waits for mail until then, and takes all that there is.
    func take(until end: ContinuousClock.Instant) async -> Mail {
        let timer = Task { [wake] in
            try await Task.sleep(until: end)
            wake.yield()
        }
        defer { timer.cancel() }
        var iterator = wakes.makeAsyncIterator()
        _ = await iterator.next()
        return state.withLock { state in
            defer { state.mail = Mail() }
            return state.mail
        }
    }
}
