// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Authentication
import Settings

/// `handlervirt passwd`: a user's password.
struct PasswordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passwd", abstract: "Gives a user a password, or deletes him.",
        discussion:
            "On a terminal it asks twice for the password; otherwise it reads a line from the standard input. The file is made if there is none. "
            + "A server that runs takes the change within a second, and ends the user's sessions.")

    @Flag(help: "Delete the user.")
    var delete = false

    @Argument(help: "The user's name.")
    var name: String

    @OptionGroup var options: SettingsOptions

    func run() throws {
        let path = try options.users(try options.settings())
        if let reason = UserName.refusal(of: name) { throw ValidationError(reason) }
        let hash = delete ? nil : try PasswordHash(of: try PasswordInput.read())
        let wasThere = try UserFile.set(hash, of: name, path: path)
        StandardError.print(delete ? "The user \(name) is deleted." : wasThere ? "The password of \(name) is changed." : "The user \(name) is there.")
    }
}
