// SPDX-License-Identifier: GPL-2.0-or-later
import Audit
import Logging
import ServiceLifecycle
import Settings
import UnixSignals

/// Opens the audit anew on SIGHUP, as after a rotation, until the server shuts down.
struct AuditService: Service {
    let audit: AuditLog

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        // It may have been rotated since it was opened.
        audit.reopen()
        for await _ in signals.cancelOnGracefulShutdown() { audit.reopen() }
    }
}

extension AuditLog {
    /// What the settings name.
    convenience init(_ target: AuditTarget, log: Logger) throws(AuditError) {
        switch target {
        case .stderr: self.init()
        case .journald: self.init(journal: AuditLog.journalPath, log: log)
        case .file(let path): try self.init(file: path, log: log)
        }
    }
}
