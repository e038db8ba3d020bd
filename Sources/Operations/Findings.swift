// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// What a call found out on its thread, for who waits for it. A class: a call that was cut still ends, when nobody waits any more.
final class Findings: Sendable {
    private let found = Mutex<Set<Custody.Ward>>([])

    /// The domains that could not be made whose they shall be.
    var wrong: Set<Custody.Ward> { found.withLock { $0 } }

    func add(_ wards: Set<Custody.Ward>) { found.withLock { $0.formUnion(wards) } }
}
