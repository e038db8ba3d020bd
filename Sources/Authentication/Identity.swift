// SPDX-License-Identifier: GPL-2.0-or-later
public import Access

/// A user, and how he was told.
public struct Identity: Hashable, Sendable {
    public enum Scheme: String, Sendable {
        /// By name and password, with each request.
        case basic
        /// By a cookie that a login gave.
        case session
        /// By a token, which scripts have.
        case token
    }

    public let name: String
    public let scheme: Scheme
    /// What a token gives at most of what its user may do.
    public let bound: Role?

    public init(name: String, scheme: Scheme, bound: Role? = nil) {
        self.name = name
        self.scheme = scheme
        self.bound = bound
    }
}
