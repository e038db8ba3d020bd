// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses

/// What a request holds by which its sender can be told.
public struct Proofs: Sendable {
    /// The value of each `Authorization` header.
    public var authorization: [String]
    /// The value of each `Cookie` header.
    public var cookies: [String]
    /// Where it comes from; nil if that is not known.
    public var address: IPAddress?
    /// Whether it came by TLS.
    public var isSecure: Bool

    public init(authorization: [String] = [], cookies: [String] = [], address: IPAddress? = nil, isSecure: Bool = false) {
        self.authorization = authorization
        self.cookies = cookies
        self.address = address
        self.isSecure = isSecure
    }

    /// The only `Authorization` header; nil if there is none, or more than one.
    var credentials: AuthorizationHeader? { authorization.count == 1 ? AuthorizationHeader(authorization[0]) : nil }
}
