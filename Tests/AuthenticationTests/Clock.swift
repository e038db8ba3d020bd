// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

/// A time that passes when it is told to.
final class Clock: Sendable {
    private let start = ContinuousClock.now
    private let passed = Mutex(Duration.zero)

    /// Seconds since 1970 at the start.
    static let epoch = 1_800_000_000

    func pass(_ duration: Duration) { passed.withLock { $0 += duration } }

    var now: ContinuousClock.Instant { start + passed.withLock { $0 } }

    var seconds: Int { Self.epoch + Int(passed.withLock { $0 } / .seconds(1)) }

    var date: Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
}
