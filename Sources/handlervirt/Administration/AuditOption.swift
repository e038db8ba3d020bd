// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Audit
import Foundation
import Glibc
import Logging
import Settings

/// Where it is noted what was done with tokens.
struct AuditOption: ParsableArguments {
    @Option(help: "Where it is noted that a token was made or revoked: stderr, journald or a file (default: stderr).")
    var audit: String?

    /// Notes in the audit what was done.
    /// - Parameter command: by which.
    static func note(
        _ reason: String, _ parameters: [(name: String, value: String)], by command: String = "token", _ settings: EffectiveSettings
    ) throws {
        let requester = Requester(caller: NSUserName(), method: "handlervirt \(command)")
        var record = AuditRecord(.token, decision: .allowed, reason: reason, requester: requester)
        record.parameters = parameters
        let log: AuditLog
        switch settings.audit.value {
        // A server may be at it, and goes on.
        case .file(let path):
            giveNewFile(path)
            log = try AuditLog(appendingTo: path)
        case .journald, .stderr: log = try AuditLog(settings.audit.value, log: Logger(label: "handlervirt"))
        }
        try log.write(record)
    }

    /// Where there is no file yet, root makes it for whom its folder belongs to: the server, which goes on with it.
    private static func giveNewFile(_ path: String) {
        var status = stat()
        guard geteuid() == 0, unsafe stat(URL(filePath: path).deletingLastPathComponent().path, &status) == 0 else { return }
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        fchown(descriptor, status.st_uid, status.st_gid)
        close(descriptor)
    }
}
