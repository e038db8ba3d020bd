// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Audit
import Authentication
import Settings

/// `handlervirt token revoke`.
struct TokenRevocation: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Deletes a token. The server takes it for a second more, at most.")

    @Argument(help: "Its id, as the list has it.")
    var id: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var folder: TokensOption
    @OptionGroup var notes: AuditOption

    func run() throws {
        let settings = try options.settings(tokens: folder.tokens, audit: notes.audit)
        let audit = try CommandAudit(settings)
        guard try TokensOption.directory(settings).revoke(id) else { throw ValidationError("There is no token of the id \u{201C}\(id)\u{201D}.") }
        try audit.noteFinally(.token, "A token was revoked.", [("id", id)], by: "token", done: "The token \(id) is revoked")
        StandardError.print("The token \(id) is revoked.")
    }
}
