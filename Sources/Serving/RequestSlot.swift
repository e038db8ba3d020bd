// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// The right to be answered, until it is released.
public final class RequestSlot: Sendable {
    private let slots: RequestSlots
    /// Nil: it was released.
    private let caller: Mutex<RequestSlots.Caller?>

    init(_ caller: RequestSlots.Caller, of slots: RequestSlots) {
        self.caller = Mutex(caller)
        self.slots = slots
    }

    deinit { release() }

    /// From now on it counts as this user's, not as that of an address. Throws the `Refusal` if he has too many.
    public func belong(to user: String) throws(Refusal) {
        let new = RequestSlots.Caller.user(Array(user.utf8))
        guard let old = caller.withLock(\.self), old != .watcher, old != new else { return }
        try slots.enter(new, isNew: false)
        caller.withLock { $0 = new }
        slots.leave(old, isOver: false)
    }

    public func release() {
        let last = caller.withLock { caller in
            defer { caller = nil }
            return caller
        }
        if let last { slots.leave(last, isOver: true) }
    }
}
