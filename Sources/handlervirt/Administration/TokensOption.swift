// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Authentication
import Settings

/// Which directory holds the tokens.
struct TokensOption: ParsableArguments {
    @Option(help: "The directory of the tokens (default: as the environment or the configuration file says).")
    var tokens: String?

    /// - Parameter isMade: whether it is made if there is none.
    static func directory(_ settings: EffectiveSettings, isMade: Bool = false) throws -> TokenDirectory {
        guard let path = settings.tokens.value else {
            throw ValidationError("Which directory holds the tokens? Say --tokens DIR, or --config FILE.")
        }
        return try TokenDirectory(path: path, isMade: isMade)
    }
}
