// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses

/// What the server behind the door says of those who come: `Serving` itself writes no document and knows no address.
public protocol FrontDesk: Sendable {
    /// What is said of a refusal to who accepts that.
    func answer(to refusal: Refusal, accept: String?) -> PreparedAnswer
    /// Who is at the other end of a connection.
    /// - Parameter forwardedFor: the values of `X-Forwarded-For`.
    func client(of connection: IPAddress?, forwardedFor: [String]) -> IPAddress?
    /// Whether what is read there says how the server is: that is answered also when it is busy.
    func isWatched(_ target: String) -> Bool
}
