// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
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

    /// The values of a list, and where they came from; nil where there are none.
    static func list<Value: Sendable>(
        _ items: [Given], _ read: (Given) throws(SettingsError) -> Value
    ) throws(SettingsError) -> Setting<[Value]>? {
        guard let origin = items.first?.origin else { return nil }
        var values: [Value] = []
        for item in items { values.append(try read(item)) }
        return Setting(values, origin)
    }

    /// A whole number.
    func number(in range: ClosedRange<Int>, what: String) throws(SettingsError) -> Setting<Int> {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
            throw error("is \(what) from \(range.lowerBound) to \(range.upperBound); this is \(quoted).")
        }
        return Setting(number, origin)
    }

    func publicHost() throws(SettingsError) -> PublicHost {
        guard let host = PublicHost(text) else { throw error("is a name or an address, perhaps with a port: NAME or NAME:PORT; this is \(quoted).") }
        return host
    }

    func addressRange() throws(SettingsError) -> AddressRange {
        let alone = IPAddress(text).flatMap { AddressRange("\($0)/\($0.bytes.count * 8)") }
        guard let range = AddressRange(text) ?? alone else {
            throw error("is an address or a network, for example 192.0.2.1 or 10.0.0.0/8; this is \(quoted).")
        }
        return range
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
