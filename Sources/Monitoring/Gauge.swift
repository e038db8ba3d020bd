// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Synchronization

/// Holds the last value.
final class Gauge: MeterHandler, RecorderHandler, Series {
    private let value = Mutex(0.0)

    var reading: Reading { .value(value.withLock { $0 }) }

    func set(_ new: Int64) { set(Double(new)) }
    func set(_ new: Double) { value.withLock { $0 = new } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ new: Int64) { set(Double(new)) }
    func record(_ new: Double) { set(new) }
}
