// SPDX-License-Identifier: GPL-2.0-or-later

/// One of libvirt's access permissions, `object:permission`, as its RPC annotations name them: `domain:start`.
public struct Permission: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The kind of object, for example `domain` or `connect`.
    public let object: String
    /// What is done to it, for example `start`.
    public let action: String

    public init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        object = parts.first ?? ""
        action = parts.count > 1 ? parts[1] : ""
    }

    public init(stringLiteral text: String) { self.init(text) }

    public var description: String { "\(object):\(action)" }

    /// Whether it only lets one look: `getattr`, `read` and `search_*`. What needs more is never done by GET.
    public var isReading: Bool { action == "getattr" || action == "read" || action.hasPrefix("search_") }
}

extension Permission {
    /// What one needs to see that there is a domain, or a host. Asked for every row of a list, so not read from text each time.
    public static let seeDomain = Permission("domain:getattr")
    public static let seeHost = Permission("connect:getattr")
}
