// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Synchronization

/// What has come for a host's monitor: events, wishes to read something anew, readings of usage, and that the connection is lost.
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
        /// The last reading, or that there is none.
        var usage: Usage??
        var isLost = false
    }

    private struct State {
        var mail = Mail()
        /// Whether somebody reads it.
        var isAttended = false
        /// Whether there is something to wake up for.
        var isRung = false
        var reader: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func post(_ event: HostEvent) { ring { $0.mail.changes.insert(event) } }

    func post(_ changes: InventoryChanges) { ring { $0.mail.changes.formUnion(changes) } }

    func post(_ usage: Usage?) { ring { $0.mail.usage = .some(usage) } }

    /// Who waits learns at once that nothing is read if nobody reads the box.
    func post(_ changes: InventoryChanges, _ waiter: Waiter) {
        var isAttended = false
        ring { state in
            isAttended = state.isAttended
            guard isAttended else { return }
            state.mail.changes.formUnion(changes)
            state.mail.waiters.append(waiter)
        }
        if !isAttended { waiter.resume(false) }
    }

    /// That the connection whose events come here has ended.
    func lose() { ring { $0.mail.isLost = true } }

    /// Wakes the reader without mail.
    func ring() { ring { _ in } }

    /// Wakes the reader, after a change of what there is to be read.
    private func ring(_ change: (inout State) -> Void) {
        let reader = state.withLock { state in
            change(&state)
            defer { state.reader = nil }
            state.isRung = state.reader == nil
            return state.reader
        }
        reader?.resume()
    }

    /// Empties the box and begins to be read.
    func open() {
        state.withLock { state in
            state.mail = Mail()
            state.isAttended = true
        }
    }

    /// Ends being read; who waits learns that nothing was.
    func close() {
        let waiters = state.withLock { state in
            defer {
                state.mail = Mail()
                state.isAttended = false
            }
            return state.mail.waiters
        }
        for waiter in waiters { waiter.resume(false) }
    }

    /// Waits for mail until then, or until the task is cancelled, and takes all that there is.
    func take(until end: ContinuousClock.Instant) async -> Mail {
        let timer = Task { [self] in
            try await Task.sleep(until: end)
            ring()
        }
        defer { timer.cancel() }
        // Not an AsyncStream: one that is waited for by a task that is cancelled ends for all who come after.
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    guard !state.isRung, !Task.isCancelled else {
                        state.isRung = false
                        return true
                    }
                    state.reader = continuation
                    return false
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
        return state.withLock { state in
            defer { state.mail = Mail() }
            return state.mail
        }
    }
}
