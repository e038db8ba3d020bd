// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Audit
import Authentication
import Foundation
import Logging
import Settings

/// What all commands about tokens need to know.
struct TokenOptions: ParsableArguments {
    @Option(help: "The directory of the tokens (default: as the environment or the configuration file says).")
    var tokens: String?

    @Option(help: "Where it is noted that a token was made or revoked: stderr, journald or a file (default: stderr).")
    var audit: String?

    @OptionGroup var options: SettingsOptions

    func settings() throws -> EffectiveSettings { try options.settings(tokens: tokens, audit: audit) }

    func directory(_ settings: EffectiveSettings) throws -> TokenDirectory {
        guard let path = settings.tokens.value else {
            throw ValidationError("Which directory holds the tokens? Say --tokens DIR, or --config FILE.")
        }
        return try TokenDirectory(path: path)
    }

    /// Notes in the audit what was done.
    func note(_ reason: String, _ parameters: [(name: String, value: String)], _ settings: EffectiveSettings) throws {
        var record = AuditRecord(.token, decision: .allowed, reason: reason, requester: Requester(caller: NSUserName(), method: "handlervirt token"))
        record.parameters = parameters
        let log =
            switch settings.audit.value {
            // A server may be at it, and goes on.
            case .file(let path): try AuditLog(appendingTo: path)
            case .journald, .stderr: try AuditLog(settings.audit.value, log: Logger(label: "handlervirt"))
            }
        try log.write(record)
    }
}
