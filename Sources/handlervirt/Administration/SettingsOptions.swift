// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Commands
import Foundation
import Settings

/// What commands beside the server need to know, from the same flags, environment and file.
struct SettingsOptions: ParsableArguments {
    @Option(help: "The server's configuration file (default: none).")
    var config: String?

    /// - Parameters:
    ///   - users: the file, where a flag names it.
    ///   - tokens: the directory, where a flag names it.
    ///   - audit: where the audit goes, where a flag says so.
    func settings(users: String? = nil, tokens: String? = nil, audit: String? = nil) throws -> EffectiveSettings {
        var flags = Flags()
        flags.config = config
        flags.users = users
        flags.tokens = tokens
        flags.audit = audit
        return try EffectiveSettings(
            flags: flags, environment: ProcessInfo.processInfo.environment, permissions: CommandTable.permissions, isServed: false)
    }
}
