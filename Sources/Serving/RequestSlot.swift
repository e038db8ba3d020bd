// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// The right to be answered, until it is released.
public final class RequestSlot: Sendable {
    private struct State {
        /// Nil: it was released.
        var caller: RequestSlots.Caller?
        /// Whether the body is still coming.
        var isReading = false
    }

    private let slots: RequestSlots
    private let state: Mutex<State>

    init(_ caller: RequestSlots.Caller, of slots: RequestSlots) {
        state = Mutex(State(caller: caller))
        self.slots = slots
    }

    deinit { release() }

    /// From now on it counts as this user's, not as that of an address. Throws the `Refusal` if he has too many.
    public func belong(to user: String) throws(Refusal) {
        let new = RequestSlots.Caller.user(Array(user.utf8))
        guard let old = state.withLock(\.caller), old != .watcher, old != new else { return }
        try slots.enter(new, isNew: false)
        state.withLock { $0.caller = new }
        slots.leave(old, isOver: false)
    }

    /// The body is waited for: meanwhile another request may be answered. It counts as the caller's all the time.
    public func beginReading() throws(Refusal) {
        guard let caller = state.withLock(\.caller), caller != .watcher else { return }
        try slots.beginReading()
        state.withLock { $0.isReading = true }
    }

    /// The body is here. Throws the `Refusal` if as many others are being answered as may be.
    public func endReading() throws(Refusal) {
        guard state.withLock(\.isReading) else { return }
        try slots.endReading()
        state.withLock { $0.isReading = false }
    }

    public func release() {
        let last = state.withLock { state in
            defer { state.caller = nil }
            return state
        }
        if let caller = last.caller { slots.leave(caller, isOver: true, isReading: last.isReading) }
    }
}
