// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// Counts on several threads.
final class Tally: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
