// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import Synchronization

/// What a call found out on its thread, for who waits for it. A class: a call that was cut still ends, when nobody waits any more.
final class Findings: Sendable {
    private struct State {
        var wrong: Set<Custody.Ward> = []
        var value: Value?
        var before: Glimpse?
        var after: Glimpse?
    }

    private let found = Mutex(State())

    /// The domains that could not be made whose they shall be.
    var wrong: Set<Custody.Ward> { found.withLock { $0.wrong } }
    /// What the command gave, if it was done and only what came after it was cut.
    var value: Value? { found.withLock { $0.value } }
    /// The domain right before and after.
    var before: Glimpse? { found.withLock { $0.before } }
    var after: Glimpse? { found.withLock { $0.after } }

    func add(_ wards: Set<Custody.Ward>) { found.withLock { $0.wrong.formUnion(wards) } }
    func done(_ value: Value) { found.withLock { $0.value = value } }
    func before(_ glimpse: Glimpse?) { found.withLock { $0.before = glimpse } }
    func after(_ glimpse: Glimpse?) { found.withLock { $0.after = glimpse } }
}
