// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// Keeps a second thread off a connection until the first has come back.
///
/// Up to 10.3 libvirt's client leaves a source of its first thread's stack behind where a second one interrupts it, and jumps through
/// it when the line then ends (CVE-2024-4418).
final class Turn: Sendable {
    private let mutex = Mutex(())

    func take<Result>(_ body: () throws -> Result) rethrows -> Result {
        try mutex.withLock { _ in try body() }
    }
}
