// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Audit
import Foundation
import Glibc
import Logging
import Settings

/// The audit as commands beside the server write to it. It is opened before anything is done, so that nothing is where that cannot be.
struct CommandAudit {
    private let log: AuditLog

    init(_ settings: EffectiveSettings) throws {
        log =
            switch settings.audit.value {
            // A server may be at it, and goes on.
            case .file(let path): try Self.file(path)
            case .journald, .stderr: try AuditLog(settings.audit.value, log: Logger(label: "handlervirt"))
            }
    }

    /// Where there is no file yet, root makes it for whom its folder belongs to: the server, which goes on with it.
    private static func file(_ path: String) throws -> AuditLog {
        var status = stat()
        if geteuid() == 0, unsafe stat(URL(filePath: path).deletingLastPathComponent().path, &status) == 0 {
            let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                fchown(descriptor, status.st_uid, status.st_gid)
                close(descriptor)
            }
        }
        return try AuditLog(appendingTo: path)
    }

    /// Writes what was done.
    /// - Parameter command: of this program, which did it.
    func note(_ event: AuditRecord.Event, _ reason: String, _ parameters: [(name: String, value: String)], by command: String) throws {
        let requester = Requester(caller: NSUserName(), method: "handlervirt \(command)")
        var record = AuditRecord(event, decision: .allowed, reason: reason, requester: requester)
        record.parameters = parameters
        try log.write(record)
    }

    /// The same of what cannot be taken back.
    /// - Parameter done: what was done, as a sentence without its end.
    func noteFinally(
        _ event: AuditRecord.Event, _ reason: String, _ parameters: [(name: String, value: String)], by command: String, done: String
    ) throws {
        do { try note(event, reason, parameters, by: command) } catch { throw AuditError("\(done), but the audit does not say so: \(error)") }
    }
}
