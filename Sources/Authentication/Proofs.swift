// SPDX-License-Identifier: GPL-2.0-or-later

/// What a request holds by which its sender can be told.
public struct Proofs: Sendable {
    /// The value of each `Authorization` header.
    public var authorization: [String]

    public init(authorization: [String] = []) { self.authorization = authorization }
}
