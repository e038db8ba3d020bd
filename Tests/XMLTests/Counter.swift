// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

/// Counts on several threads, and waits for them.
final class Counter: Sendable {
    private let count = Mutex(0)
    private let finished = DispatchSemaphore(value: 0)

    var value: Int { count.withLock { $0 } }

    func add(_ number: Int) { count.withLock { $0 += number } }
    func finish() { finished.signal() }
    func wait() { finished.wait() }
}
