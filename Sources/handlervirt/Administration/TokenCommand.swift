// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser

/// What is done with tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Makes, lists and revokes the tokens by which scripts authenticate.",
        discussion:
            "A script sends its token with each request: Authorization: Bearer hvt_... It may do what its user may, and no more than its role gives.",
        subcommands: [TokenCreation.self, TokenListing.self, TokenRevocation.self])
}
