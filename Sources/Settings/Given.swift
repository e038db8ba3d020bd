// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// An option as somebody wrote it, and where.
struct Given {
    let text: String
    let origin: Origin
    /// How a sentence about it begins: `--listen`, `HANDLERVIRT_LISTEN` or `FILE:3: listen`.
    let subject: String

    func error(_ rest: String) -> SettingsError { SettingsError("\(subject) \(rest)") }

    /// One of the words of `Choice`.
    func choice<Choice: RawRepresentable & CaseIterable>() throws(SettingsError) -> Setting<Choice> where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else {
            throw error("is one of: \(Choice.allCases.map(\.rawValue).joined(separator: ", ")); this is \(quoted).")
        }
        return Setting(choice, origin)
    }

    func directory() throws(SettingsError) -> URL {
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: text, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw error("is a directory; there is none at \(quoted).")
        }
        return URL(filePath: text).standardizedFileURL
    }

    var quoted: String { "\u{201C}\(text)\u{201D}" }
}
