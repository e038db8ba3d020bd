// SPDX-License-Identifier: GPL-2.0-or-later

/// Several permissions in one text: `domain:read`, `domain:*`, `*:getattr`, `*:search_*`.
public struct PermissionPattern: Hashable, Sendable, CustomStringConvertible {
    /// The kind of object; nil: any.
    public let object: String?
    /// What is done to it, or how that begins; nil: anything.
    public let action: String?
    private let isPrefix: Bool

    /// Nil unless it is two words with a colon between them, each of them lower case letters and `_`, or `*`; the second may also end in `*`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        func isWord(_ part: Substring) -> Bool { !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 } }
        guard parts.count == 2, parts[0] == "*" || isWord(parts[0]) else { return nil }
        object = parts[0] == "*" ? nil : String(parts[0])
        isPrefix = parts[1].last == "*" && parts[1] != "*"
        let word = isPrefix ? parts[1].dropLast() : parts[1]
        guard isWord(word) || (word == "*" && !isPrefix) else { return nil }
        action = word == "*" ? nil : String(word)
    }

    public var description: String { "\(object ?? "*"):\(action.map { isPrefix ? $0 + "*" : $0 } ?? "*")" }

    public func matches(_ permission: Permission) -> Bool {
        guard object == nil || object == permission.object else { return false }
        guard let action else { return true }
        return isPrefix ? permission.action.hasPrefix(action) : permission.action == action
    }
}
