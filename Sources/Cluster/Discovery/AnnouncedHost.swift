// SPDX-License-Identifier: GPL-2.0-or-later

/// A host that was announced, as pages show it.
public struct AnnouncedHost: Hashable, Sendable {
    public enum Standing: String, Sendable {
        /// The configuration allows it: it is one of the hosts.
        case joined
        /// It is not connected to.
        case refused
        /// It is a host that is connected to anyway.
        case known
    }

    /// The announced host name without `.local`; of what could not be read, the name of the announcement.
    public let name: String
    public let addresses: [String]
    /// Nil where it could not be read.
    public let driver: String?
    public let uuid: String?
    /// How many it says to have.
    public let domains: Int?
    public let standing: Standing
    /// A sentence; nil unless it was refused.
    public let reason: String?
    /// The name of the host that it is here.
    public let host: String?
    /// When its announcement went; nil: it is there.
    public let lost: ContinuousClock.Instant?
}
