// SPDX-License-Identifier: GPL-2.0-or-later

/// A service to be announced.
public struct Publication: Hashable, Sendable {
    /// What tells it from its publisher's others, and stays when all else changes.
    public let id: String
    /// The instance name that is wished for, 1 to 63 bytes. Where another has it already, Avahi's next alternative is taken.
    public let name: String
    /// For example `_http._tcp`.
    public let type: String
    /// Nil: the daemon's, which is `local`.
    public let domain: String?
    /// 0 if one cannot connect to it.
    public let port: UInt16
    /// The items of the TXT record in their order, each of at most 255 bytes.
    public let text: [[UInt8]]
    /// Whether another service makes room for it where the daemon takes no more.
    public let isPreferred: Bool

    public init(id: String, name: String, type: String, domain: String? = nil, port: UInt16, text: [[UInt8]], isPreferred: Bool = false) {
        self.id = id
        self.name = name
        self.type = type
        self.domain = domain
        self.port = port
        self.text = text
        self.isPreferred = isPreferred
    }

    /// Whether what was announced for the other becomes this one by a new text, or none.
    func isServed(by other: Publication) -> Bool {
        // By bytes: to Swift, different texts can be equal.
        name.utf8.elementsEqual(other.name.utf8) && type == other.type && domain == other.domain && port == other.port
    }
}
