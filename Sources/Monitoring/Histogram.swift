// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Synchronization

/// How many of what was recorded, which is seconds, were no larger than each of some fixed bounds.
final class Histogram: TimerHandler, RecorderHandler, Series {
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    private struct Content {
        /// One for each bound, and one for what is larger than all.
        var counts = [Int](repeating: 0, count: Histogram.bounds.count + 1)
        var sum = 0.0
    }

    private let content = Mutex(Content())

    var reading: Reading {
        let content = content.withLock { $0 }
        var count = 0
        let buckets = Self.bounds.indices.map { index in
            count += content.counts[index]
            return (bound: Self.bounds[index], count: count)
        }
        return .buckets(buckets, count: count + content.counts[Self.bounds.count], sum: content.sum)
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let place = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        content.withLock { content in
            content.counts[place] += 1
            content.sum += value
        }
    }
}
