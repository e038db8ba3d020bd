// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

@testable import Audit

/// A disk of which the first sync takes until it is let go, and perhaps another fails.
final class FaultySink: AuditSink {
    private let lines = Mutex(0)
    private let syncs = Mutex(0)
    private let gate = DispatchSemaphore(value: 0)
    private let failing: Int?

    /// - Parameter failing: which sync fails.
    init(failing: Int? = 2) { self.failing = failing }

    var written: Int { lines.withLock { $0 } }

    func waitForSync() async throws { while syncs.withLock({ $0 == 0 }) { try await Task.sleep(for: .milliseconds(1)) } }
    func letGo() { gate.signal() }

    func write(_ line: [UInt8]) throws(AuditError) { lines.withLock { $0 += 1 } }

    func sync() throws(AuditError) {
        let number = syncs.withLock { syncs in
            syncs += 1
            return syncs
        }
        if number == 1 { gate.wait() }
        if number == failing { throw AuditError("lost") }
    }
}
