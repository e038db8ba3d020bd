// SPDX-License-Identifier: GPL-2.0-or-later

/// Tells who sent a request, by one scheme or several.
public protocol Authenticator: Sendable {
    /// The values of `WWW-Authenticate` that ask for credentials.
    var challenges: [String] { get }

    /// Who sent a request with these proofs; `anonymous` if none of them is of a scheme that this knows. Never blocks.
    func authenticate(_ proofs: Proofs) async -> Authentication
}
