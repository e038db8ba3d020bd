// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Audit
import Authentication
import Foundation
import Settings

/// `handlervirt token create`: the token alone on the standard output, and never again.
struct TokenCreation: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Makes a token, and prints it once.")

    @Option(help: "Whose it is; one of the users.")
    var user: String

    @Option(help: "What it gives at most: admin, operator, owner, owner-xml, viewer, or a role of the configuration file.")
    var role: String

    @Option(help: "What it is for, in a few words.")
    var name = ""

    @Option(help: "How long it lasts: 90d, 12h, 30m; at most 366d.")
    var expires = TokenLifetime(days: 90)

    @OptionGroup var options: SettingsOptions
    @OptionGroup var file: UsersOption
    @OptionGroup var folder: TokensOption
    @OptionGroup var notes: AuditOption

    func run() throws {
        let settings = try options.settings(users: file.users, tokens: folder.tokens, audit: notes.audit)
        let path = try UsersOption.path(settings)
        let users = try UserFile(path: path)
        guard users.hash(of: user) != nil else { throw ValidationError("There is no user \u{201C}\(user)\u{201D} in \(path).") }
        let roles = Role.builtIn + settings.authority.roles
        guard roles.contains(where: { $0.name.utf8.elementsEqual(role.utf8) }) else {
            throw ValidationError("There is no role \u{201C}\(role)\u{201D}. There are: \(roles.map(\.name).joined(separator: ", ")).")
        }
        if let reason = Token.refusal(ofLabel: name) { throw ValidationError(reason) }
        let audit = try CommandAudit(settings)
        let directory = try TokensOption.directory(settings, isMade: true)
        let (token, text) = try directory.make(user: user, role: role, label: name, lifetime: expires.seconds)
        do {
            try audit.note(
                .token, "A token was made.",
                [("id", token.identifier), ("user", user), ("role", role), ("name", name), ("expires", token.expires.formatted(.iso8601))],
                by: "token")
        } catch {
            _ = try? directory.revoke(token.identifier)
            throw error
        }
        StandardError.print(
            "The token \(token.identifier) of \(user), role \(role), lasts until \(token.expires.formatted(.iso8601)). It is shown this once.")
        print(text)
    }
}
