// SPDX-License-Identifier: GPL-2.0-or-later

/// Several permissions in one text: `domain:read`, `domain:*`, `*:getattr`.
public struct PermissionPattern: Hashable, Sendable, CustomStringConvertible {
    /// The kind of object; nil: any.
    public let object: String?
    /// What is done to it; nil: anything.
    public let action: String?

    /// Nil unless it is two words with a colon between them, each of them lower case letters and `_`, or `*`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        func isWord(_ part: Substring) -> Bool { !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 } }
        guard parts.count == 2, parts.allSatisfy({ $0 == "*" || isWord($0) }) else { return nil }
        object = parts[0] == "*" ? nil : String(parts[0])
        action = parts[1] == "*" ? nil : String(parts[1])
    }

    public var description: String { "\(object ?? "*"):\(action ?? "*")" }

    public func matches(_ permission: Permission) -> Bool {
        (object == nil || object == permission.object) && (action == nil || action == permission.action)
    }
}
