// SPDX-License-Identifier: GPL-2.0-or-later

/// Several authenticators: the first that finds a proof of its scheme decides. An `Authorization` header that none of them takes is refused.
public struct AuthenticatorChain: Authenticator {
    private let authenticators: [any Authenticator]

    public init(_ authenticators: [any Authenticator]) { self.authenticators = authenticators }

    public var challenges: [String] { authenticators.flatMap(\.challenges) }

    public func authenticate(_ proofs: Proofs) async -> Authentication {
        guard proofs.authorization.count < 2 else { return .refused("There is more than one Authorization header.") }
        for authenticator in authenticators {
            let authentication = await authenticator.authenticate(proofs)
            if authentication != .anonymous { return authentication }
        }
        return proofs.authorization.isEmpty ? .anonymous : .refused("The scheme of the Authorization header is none that this server takes.")
    }
}
