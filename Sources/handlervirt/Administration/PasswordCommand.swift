// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Audit
import Authentication
import Foundation
import Settings

/// `handlervirt passwd`: a user's password.
struct PasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Gives a user a password, or deletes him.",
        discussion:
            "On a terminal it asks twice for the password; otherwise it reads a line from the standard input. The file is made if there is none. "
            + "A server that runs takes the change within a second, and ends the user's sessions.")

    @Flag(help: "Delete the user, and his tokens.")
    var delete = false

    @Option(help: "Where it is noted: stderr, journald or a file (default: as the environment or the configuration file says, or else nowhere).")
    var audit: String?

    @Argument(help: "The user's name.")
    var name: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var file: UsersOption

    @Option(help: "With --delete, the directory of the tokens (default: as the environment or the configuration file says).")
    var tokens: String?

    func validate() throws {
        guard delete || tokens == nil else { throw ValidationError("--tokens is for --delete alone: a new password leaves the tokens as they are.") }
    }

    func run() throws {
        let settings = try options.settings(users: file.users, tokens: tokens, audit: audit)
        let path = try UsersOption.path(settings)
        if let reason = UserName.refusal(of: name) { throw ValidationError(reason) }
        if delete { return try deleteUser(path, settings) }
        let hash = try PasswordHash(of: try PasswordInput.read())
        let audit = try openAudit(settings)
        let wasThere = try UserFile.set(hash, of: name, path: path)
        let done = wasThere ? "The password of \(name) is changed" : "The user \(name) is there"
        try audit?.noteFinally(
            .user, wasThere ? "A user's password was changed." : "A user was made.", [("user", name)], by: "passwd", done: done)
        StandardError.print("\(done).")
    }

    /// The terminal of who does it is no audit, so that nothing is noted where nobody says where.
    private func openAudit(_ settings: EffectiveSettings) throws -> CommandAudit? {
        settings.audit.origin == .default ? nil : try CommandAudit(settings)
    }

    /// His tokens would be good again if there were one of that name again.
    private func deleteUser(_ path: String, _ settings: EffectiveSettings) throws {
        // Where none was ever made there is no directory, unless somebody says that there is.
        let hasTokens = tokens != nil || settings.tokens.value.map { FileManager.default.fileExists(atPath: $0) } ?? false
        let directory = hasTokens ? try TokensOption.directory(settings) : nil
        let audit = try openAudit(settings)
        _ = try UserFile.set(nil, of: name, path: path)
        let done = "The user \(name) is deleted"
        try audit?.noteFinally(.user, "A user was deleted.", [("user", name)], by: "passwd", done: done)
        StandardError.print("\(done).")
        guard let (revoked, complaints) = try directory?.revokeAll(of: name) else { return }
        let notes = try audit ?? CommandAudit(settings)
        for id in revoked {
            try notes.noteFinally(
                .token, "A token was revoked with its user.", [("id", id), ("user", name)], by: "passwd", done: "The token \(id) is revoked")
        }
        if !revoked.isEmpty { StandardError.print("His tokens are revoked: \(revoked.joined(separator: ", ")).") }
        for complaint in complaints { StandardError.print("\(complaint)") }
        if !complaints.isEmpty { throw ExitCode.failure }
    }
}
