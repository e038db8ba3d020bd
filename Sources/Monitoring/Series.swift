// SPDX-License-Identifier: GPL-2.0-or-later

/// What Prometheus calls the type of a metric.
public enum SeriesKind: String, Sendable { case counter, gauge, histogram }

/// One line of numbers over time: a metric with certain labels.
protocol Series: AnyObject, Sendable {
    var reading: Reading { get }
}

/// What a series holds now.
enum Reading: Sendable {
    case value(Double)
    /// How many were no larger than each bound, all, and their sum.
    case buckets([(bound: Double, count: Int)], count: Int, sum: Double)
}
