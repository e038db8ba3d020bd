// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Synchronization

/// Adds up what is not whole.
final class Sum: FloatingPointCounterHandler, Series {
    private let sum = Mutex(0.0)

    var reading: Reading { .value(sum.withLock { $0 }) }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { sum.withLock { $0 += amount } }
    }

    func reset() { sum.withLock { $0 = 0 } }
}
