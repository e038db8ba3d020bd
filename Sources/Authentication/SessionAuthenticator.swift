// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
public import Logging
import Synchronization

/// Tells users by a cookie that a login gave; opens sessions and ends them. Without a good session a request is anonymous, and no more is said.
public final class SessionAuthenticator: Authenticator {
    /// How far the clock of another replica may be ahead, in seconds.
    private static let skew = 60

    private let users: UserDirectory
    private let key: WatchedFile<SessionKey>?
    private let ownKey = SessionKey.random()
    private let lifetime: Int
    private let now: @Sendable () -> Int
    private let ended = Mutex(EndedSessions())

    /// Throws a sentence that begins with `FILE: `.
    /// - Parameters:
    ///   - keyFile: what replicas share; made if it is not there. Nil: sessions end with this process.
    ///   - lifetime: seconds after a login. Nothing prolongs a session.
    public convenience init(users: UserDirectory, keyFile: String?, lifetime: Int, log: Logger) throws(AuthenticationError) {
        let key: WatchedFile<SessionKey>?
        if let keyFile { key = try SessionKeyFile.watched(path: keyFile, log: log) } else { key = nil }
        self.init(users: users, key: key, lifetime: lifetime) { time(nil) }
    }

    /// - Parameter now: tells the seconds since 1970.
    init(users: UserDirectory, key: WatchedFile<SessionKey>?, lifetime: Int, now: @escaping @Sendable () -> Int) {
        self.users = users
        self.key = key
        self.lifetime = lifetime
        self.now = now
    }

    public var challenges: [String] { [] }

    public func authenticate(_ proofs: Proofs) async -> Authentication {
        guard let session = await session(proofs) else { return .anonymous }
        return .user(Identity(name: session.name, scheme: .session))
    }

    /// Whether the request has a cookie of the session's name that will never count. One that we made, and whose time is not over, may do so again
    /// when its user does.
    public func hasBadCookie(_ proofs: Proofs) async -> Bool {
        guard !SessionCookie.values(in: proofs.cookies, isSecure: proofs.isSecure).isEmpty else { return false }
        return await openSession(proofs) == nil
    }

    /// Opens a session for who knows the password.
    /// - Returns: who that is, or why not; and the value of `Set-Cookie`.
    public func open(name: String, password: String, _ proofs: Proofs) async -> (Authentication, cookie: String?) {
        let (verification, hash) = await users.verify(name: name, password: Array(password.utf8), from: proofs.address, remembers: false)
        let authentication = users.authentication(of: name, verification, by: .session)
        guard case .user = authentication, let hash else { return (authentication, nil) }
        let key = await currentKey()
        let now = now()
        let session = Session(name: name, issued: now, expires: now + lifetime, mark: key.mark(of: hash, name: name))
        return (authentication, SessionCookie.setting(session.text(signedWith: key), age: lifetime, isSecure: proofs.isSecure))
    }

    /// Ends the session of the request, if it has one; it counts no more in this process.
    public func end(_ proofs: Proofs) async {
        guard let session = await session(proofs) else { return }
        let now = now()
        ended.withLock { $0.insert(session, at: now) }
    }

    /// The value of `Set-Cookie` that makes a browser forget its session.
    public func deletion(_ proofs: Proofs) -> String { SessionCookie.setting("", age: 0, isSecure: proofs.isSecure) }

    /// The session that a request shows, if it counts. Beside an `Authorization` header there is none.
    private func session(_ proofs: Proofs) async -> Session? {
        guard proofs.authorization.isEmpty, let (session, key) = await openSession(proofs), let hash = await users.hash(of: session.name),
            key.mark(of: hash, name: session.name) == session.mark
        else { return nil }
        return session
    }

    /// The session that the cookie tells of, if its time is not over and nobody ended it, and the key that signed it. Its user is not asked.
    private func openSession(_ proofs: Proofs) async -> (Session, SessionKey)? {
        guard let text = SessionCookie.value(in: proofs.cookies, isSecure: proofs.isSecure) else { return nil }
        let key = await currentKey()
        guard let session = Session(text, key: key) else { return nil }
        let now = now()
        guard session.issued <= now + Self.skew, now < session.expires, now < session.issued + lifetime, !ended.withLock({ $0.contains(session) })
        else { return nil }
        return (session, key)
    }

    private func currentKey() async -> SessionKey { await key?.content() ?? ownKey }
}
