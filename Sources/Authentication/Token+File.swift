// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Foundation

extension Token {
    private static let keys = ["user", "role", "name", "created", "expires", "sha256"]

    /// The file: a line for each key, `key: value`.
    var bytes: [UInt8] {
        let values = [
            user, role, label, created.formatted(.iso8601), expires.formatted(.iso8601), digest.map { String(format: "%02x", $0) }.joined(),
        ]
        return Array(zip(Self.keys, values).map { "\($0): \($1)\n" }.joined().utf8)
    }

    /// Reads the file of the token with this id; throws a sentence that does not hold what is in it.
    init(_ bytes: [UInt8], identifier: String, used: Date?) throws(AuthenticationError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw AuthenticationError("The file is not UTF-8.") }
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let key = Self.keys.first(where: { $0 == parts[0] }), values[key] == nil,
                parts[1].isEmpty || parts[1].first == " "
            else { throw AuthenticationError("A line is none of: \(Self.keys.joined(separator: ", ")); or it is there twice.") }
            values[key] = String(parts[1].dropFirst())
        }
        func value(_ key: String) throws(AuthenticationError) -> String {
            guard let value = values[key] else { throw AuthenticationError("There is no line \(key).") }
            return value
        }
        func time(_ key: String) throws(AuthenticationError) -> Date {
            guard let date = try? Date(try value(key), strategy: .iso8601) else { throw AuthenticationError("\(key) is no time.") }
            return date
        }
        let user = try value("user"), label = try value("name")
        if let reason = UserName.refusal(of: user) ?? Self.refusal(ofLabel: label) { throw AuthenticationError(reason) }
        let digits = Array(try value("sha256").utf8)
        let digest = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
        guard digits.count == 64, digest.count == 32, digits.allSatisfy({ $0 != UInt8(ascii: "+") }) else {
            throw AuthenticationError("sha256 is no hash.")
        }
        self.init(
            identifier: identifier, user: user, role: try value("role"), label: label, created: try time("created"), expires: try time("expires"),
            used: used, digest: digest)
    }
}
