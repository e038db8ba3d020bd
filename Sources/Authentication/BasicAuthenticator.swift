// SPDX-License-Identifier: GPL-2.0-or-later

/// Tells users by name and password, in the scheme Basic (RFC 7617).
public struct BasicAuthenticator: Authenticator {
    public let challenges = ["Basic realm=\"handlervirt\", charset=\"UTF-8\""]

    private let users: UserDirectory

    public init(users: UserDirectory) { self.users = users }

    public func authenticate(_ proofs: Proofs) async -> Authentication {
        guard let authorization = proofs.authorization.first, proofs.credentials?.scheme == "basic" else { return .anonymous }
        let credentials: BasicCredentials
        do {
            credentials = try BasicCredentials(authorization)
        } catch {
            return .refused(error.message)
        }
        let verification = await users.verify(name: credentials.name, password: credentials.password, from: proofs.address)
        return users.authentication(of: credentials.name, verification, by: .basic)
    }
}
