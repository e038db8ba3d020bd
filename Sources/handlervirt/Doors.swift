// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Authentication
import Logging
import Settings

/// By what users are told, as the settings say.
struct Doors {
    /// Nil: nobody is told from others.
    let authenticator: (any Authenticator)?
    let sessions: SessionAuthenticator?

    /// Throws a sentence that begins with `FILE:LINE: ` or `FILE: `.
    init(_ settings: EffectiveSettings, log: Logger) throws(AuthenticationError) {
        guard let path = settings.users.value else {
            (authenticator, sessions) = (nil, nil)
            return
        }
        let users = try UserDirectory(path: path, log: log)
        let sessions = try SessionAuthenticator(
            users: users, keyFile: settings.sessionKey.value, lifetime: settings.sessionLifetime.value, log: log)
        var chain: [any Authenticator] = [BasicAuthenticator(users: users)]
        if let tokens = settings.tokens.value {
            let directory = try TokenDirectory(path: tokens, isMade: true)
            chain.append(TokenAuthenticator(directory: directory, users: users, roles: Role.builtIn + settings.authority.roles, log: log))
        }
        authenticator = AuthenticatorChain(chain + [sessions])
        self.sessions = sessions
    }
}
