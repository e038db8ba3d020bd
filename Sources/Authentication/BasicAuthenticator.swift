// SPDX-License-Identifier: GPL-2.0-or-later

/// Tells users by name and password, in the scheme Basic (RFC 7617).
public struct BasicAuthenticator: Authenticator {
    public let challenge = "Basic realm=\"handlervirt\", charset=\"UTF-8\""

    private let users: UserDirectory

    public init(users: UserDirectory) { self.users = users }

    public func authenticate(_ proofs: Proofs) async -> Authentication {
        guard let authorization = proofs.authorization.first else { return .anonymous }
        guard proofs.authorization.count == 1 else { return .refused("There is more than one Authorization header.") }
        let credentials: BasicCredentials
        do {
            credentials = try BasicCredentials(authorization)
        } catch {
            return .refused(error.message)
        }
        return switch await users.verify(name: credentials.name, password: credentials.password) {
        case .accepted: .user(credentials.name)
        case .refused: .refused("The name or the password is wrong.")
        case .overloaded: .overloaded
        }
    }
}
