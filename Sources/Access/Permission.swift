// SPDX-License-Identifier: GPL-2.0-or-later

/// One of libvirt's access permissions, `object:permission`, as its RPC annotations name them: `domain:start`. Or one of the server's
/// own, whose object is `hv`.
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
    public var isReading: Bool {
        action == "getattr" || action == "read" || action.hasPrefix("search_") || self == .seeSettings || self == .seeMetrics || self == .seeAudit
    }

    /// Whether it is the server's own and none of libvirt's.
    public var isOwn: Bool { object == "hv" }
}

extension Permission {
    /// What one needs to see that there is a domain, or a host. Asked for every row of a list, so not read from text each time.
    public static let seeDomain = Permission("domain:getattr")
    public static let seeHost = Permission("connect:getattr")

    /// To give what amounts to root on the host: raw XML, a path there, a URI, native configuration.
    public static let raw = Permission("hv:raw")
    /// To change how a host shares itself out among its domains.
    public static let tune = Permission("hv:tune")
    /// To say whose a domain is, and to act on one where that is in dispute.
    public static let changeOwner = Permission("hv:owner")
    /// To see what the server was told.
    public static let seeSettings = Permission("hv:settings")
    /// To see what the server counts and measures.
    public static let seeMetrics = Permission("hv:metrics")

    /// To see who did what.
    public static let seeAudit = Permission("hv:audit")

    /// All that are the server's own.
    public static let own: Set<Permission> = [.raw, .tune, .changeOwner, .seeSettings, .seeMetrics, .seeAudit]
}
