// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch

/// Holds up who passes until it is opened.
final class Barrier: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func pass() { semaphore.wait() }

    /// For `count` that pass.
    func open(_ count: Int) { for _ in 0..<count { semaphore.signal() } }
}
