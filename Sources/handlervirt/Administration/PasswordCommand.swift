// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
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
        let settings = try options.settings(users: file.users, tokens: tokens)
        let path = try UsersOption.path(settings)
        if let reason = UserName.refusal(of: name) { throw ValidationError(reason) }
        if delete { return try deleteUser(path, settings) }
        let wasThere = try UserFile.set(try PasswordHash(of: try PasswordInput.read()), of: name, path: path)
        StandardError.print(wasThere ? "The password of \(name) is changed." : "The user \(name) is there.")
    }

    /// His tokens would be good again if there were one of that name again.
    private func deleteUser(_ path: String, _ settings: EffectiveSettings) throws {
        // Where none was ever made there is no directory, unless somebody says that there is.
        let hasTokens = tokens != nil || settings.tokens.value.map { FileManager.default.fileExists(atPath: $0) } ?? false
        let directory = hasTokens ? try TokensOption.directory(settings) : nil
        _ = try UserFile.set(nil, of: name, path: path)
        StandardError.print("The user \(name) is deleted.")
        guard let (revoked, complaints) = try directory?.revokeAll(of: name) else { return }
        for id in revoked { try AuditOption.note("A token was revoked with its user.", [("id", id), ("user", name)], by: "passwd", settings) }
        if !revoked.isEmpty { StandardError.print("His tokens are revoked: \(revoked.joined(separator: ", ")).") }
        for complaint in complaints { StandardError.print("\(complaint)") }
        if !complaints.isEmpty { throw ExitCode.failure }
    }
}
