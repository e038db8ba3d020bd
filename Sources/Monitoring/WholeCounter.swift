// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Synchronization

/// Counts.
final class WholeCounter: CounterHandler, Series {
    private let count = Atomic<Int64>(0)

    var reading: Reading { .value(Double(count.load(ordering: .relaxed))) }

    /// A counter never goes down, so what is negative does not count.
    func increment(by amount: Int64) {
        if amount > 0 { count.wrappingAdd(amount, ordering: .relaxed) }
    }

    func reset() { count.store(0, ordering: .relaxed) }
}
