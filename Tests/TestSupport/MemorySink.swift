// SPDX-License-Identifier: GPL-2.0-or-later
package import Audit
import Synchronization

/// Keeps the lines of an audit, and fails when it is told to.
package final class MemorySink: AuditSink {
    private struct State {
        var lines: [String] = []
        var failure: AuditError?
        var syncFailure: AuditError?
    }

    private let state = Mutex(State())

    package init() {}

    package var lines: [String] { state.withLock { $0.lines } }

    /// Why lines are refused from now on; nil: they are taken.
    package func fail(_ failure: AuditError?) { state.withLock { $0.failure = failure } }
    /// Why what was written is not safe; nil: it is.
    package func failToSync(_ failure: AuditError?) { state.withLock { $0.syncFailure = failure } }

    package func write(_ line: [UInt8]) throws(AuditError) {
        try state.withLock { state throws(AuditError) in
            if let failure = state.failure { throw failure }
            state.lines.append(String(decoding: line.dropLast(), as: UTF8.self))
        }
    }

    package func sync() throws(AuditError) { if let failure = state.withLock({ $0.syncFailure }) { throw failure } }
}
