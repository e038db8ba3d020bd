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

    /// The scheme of the only `Authorization` header, in lower case, and what follows it; nil if there is no such header, or more than one.
    var credentials: (scheme: String, rest: Substring)? {
        guard authorization.count == 1 else { return nil }
        let scheme = authorization[0].utf8.prefix { $0 != UInt8(ascii: " ") }
        let rest = authorization[0].utf8[scheme.endIndex...].drop { $0 == UInt8(ascii: " ") }
        return (String(Substring(scheme)).lowercased(), Substring(rest))
    }
}
