// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Settings

/// Which file holds the users.
struct UsersOption: ParsableArguments {
    @Option(help: "The file of users (default: as the environment or the configuration file says).")
    var users: String?

    /// Throws where nothing names it.
    static func path(_ settings: EffectiveSettings) throws -> String {
        guard let path = settings.users.value else { throw ValidationError("Which file holds the users? Say --users FILE, or --config FILE.") }
        return path
    }
}
