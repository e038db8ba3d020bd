// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Foundation

/// The program: the server, unless another of its commands is named.
@main struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlervirt",
        abstract: "Serves libvirt's hosts and virtual machines as web pages and XML.",
        usage: "handlervirt [<options>]\nhandlervirt passwd [--delete] <name>\nhandlervirt token create|list|revoke",
        discussion: """
            Without a subcommand it serves. Each option can also be set in the environment: HANDLERVIRT_LISTEN and so on; lists are split at white space.

            \(options)
            """,
        subcommands: [HandlerVirt.self, PasswordCommand.self, TokenCommand.self], defaultSubcommand: HandlerVirt.self)

    /// What the help of the server says of its options, so that nobody has to look for it.
    private static var options: String {
        // What is longer would be broken once more.
        let help = HandlerVirt.helpMessage(columns: 78)
        guard let start = help.range(of: "OPTIONS:")?.upperBound, let end = help.range(of: "  -h, --help")?.lowerBound else { return "" }
        return "OPTIONS OF THE SERVER:" + String(help[start..<end].reversed().drop(while: \.isWhitespace).reversed())
    }
}
