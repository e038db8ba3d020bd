// SPDX-License-Identifier: GPL-2.0-or-later

/// Tells who sent a request, by one scheme or several.
public protocol Authenticator: Sendable {
    /// The value of `WWW-Authenticate` that asks for credentials.
    var challenge: String { get }

    /// Who sent a request with these proofs. Never blocks.
    func authenticate(_ proofs: Proofs) async -> Authentication
}
