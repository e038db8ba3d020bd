// SPDX-License-Identifier: GPL-2.0-or-later
import ArgumentParser
import Authentication
import Foundation
import Settings

/// `handlervirt token list`.
struct TokenListing: ParsableCommand {
    private struct Row: Encodable {
        let id: String, user: String, role: String, name: String, created: String, expires: String
        let expired: Bool
        let used: String?
    }

    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the tokens, and when each was used last.")

    @Flag(help: "As JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var folder: TokensOption

    func run() throws {
        let (tokens, complaints) = try TokensOption.directory(try options.settings(tokens: folder.tokens)).tokens()
        let now = Date.now
        let rows = tokens.map { token in
            Row(
                id: token.identifier, user: token.user, role: token.role, name: token.label, created: token.created.formatted(.iso8601),
                expires: token.expires.formatted(.iso8601), expired: token.isOver(at: now), used: token.used?.formatted(.iso8601))
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(rows), as: UTF8.self))
        } else {
            Self.table(rows).forEach { print($0) }
        }
        for complaint in complaints { StandardError.print("\(complaint)") }
        if !complaints.isEmpty { throw ExitCode.failure }
    }

    private static func table(_ rows: [Row]) -> [String] {
        let cells =
            [["ID", "USER", "ROLE", "NAME", "CREATED", "EXPIRES", "LAST USE"]]
            + rows.map { row in
                [row.id, row.user, row.role, row.name, row.created, row.expires + (row.expired ? " (over)" : ""), row.used ?? "never"]
            }
        let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
            return padded.replacing(/\ +$/, with: "")
        }
    }
}
