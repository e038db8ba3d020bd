// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Foundation
public import Logging
import NIOPosix
import Synchronization

/// Tells users by tokens, in the scheme Bearer (RFC 6750).
public final class TokenAuthenticator: Authenticator {
    /// How long what was read of a token counts, in seconds. So long may one be used that was revoked.
    private static let freshness = 1.0
    /// Between two notes that a token was used, in seconds.
    private static let noting = 60.0
    private static let remembered = 1024
    private static let wrong = "The token is not valid, or no more."

    private struct Known {
        let token: Token
        let read: Date
    }

    private struct State {
        var known: [String: Known] = [:]
        var complaints: Set<AuthenticationError> = []
        var complainsOfNotes = true
    }

    public let challenges = ["Bearer realm=\"handlervirt\""]

    private let directory: TokenDirectory
    private let users: UserDirectory
    private let roles: [Role]
    /// A script that goes on with a token that was revoked keeps nobody behind its address from logging in.
    private let attempts: Attempts
    private let log: Logger
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - roles: all that there are.
    ///   - attempts: where failures are counted, apart from passwords.
    ///   - now: tells the time.
    public init(
        directory: TokenDirectory, users: UserDirectory, roles: [Role], attempts: Attempts = Attempts(), log: Logger,
        now: @escaping @Sendable () -> Date = { .now }
    ) {
        self.directory = directory
        self.users = users
        self.roles = roles
        self.attempts = attempts
        self.log = log
        self.now = now
    }

    public func authenticate(_ proofs: Proofs) async -> Authentication {
        guard let credentials = proofs.credentials, credentials.scheme == "bearer" else { return .anonymous }
        // A secret that is right has nothing to do with guessing, so nobody who guesses keeps it out.
        guard let text = TokenText(credentials.rest), let token = await token(text.identifier), text.isOf(token) else {
            if let seconds = attempts.wait(nil, proofs.address) { return .throttled(seconds: seconds) }
            attempts.fail(nil, proofs.address)
            return .refused(Self.wrong)
        }
        let now = now()
        guard !token.isOver(at: now) else { return .refused("The token has expired.", account: token.user) }
        guard await users.hash(of: token.user) != nil else { return .refused(Self.wrong) }
        guard let role = roles.first(where: { $0.name.utf8.elementsEqual(token.role.utf8) }) else {
            return .refused("The role of the token is none that this server has.", account: token.user)
        }
        await note(token, at: now)
        return .user(Identity(name: token.user, scheme: .token, bound: role))
    }

    /// The token with this id, as it was read within the last second.
    private func token(_ identifier: String) async -> Token? {
        let now = now()
        if let known = state.withLock({ $0.known[identifier] }), abs(now.timeIntervalSince(known.read)) < Self.freshness { return known.token }
        let directory = directory
        let result = try? await NIOThreadPool.singleton.runIfActive { Result { () throws(AuthenticationError) in try directory.token(identifier) } }
        if case .failure(let error)? = result { complain(error) }
        let token = (try? result?.get()) ?? nil
        state.withLock { state in
            state.known[identifier] = token.map { Known(token: $0, read: now) }
            if state.known.count > Self.remembered { state.known = state.known.filter { now.timeIntervalSince($0.value.read) < Self.freshness } }
            if state.known.count > Self.remembered { state.known = [:] }
        }
        return token
    }

    private func note(_ token: Token, at now: Date) async {
        guard token.used.map({ now.timeIntervalSince($0) >= Self.noting }) ?? true else { return }
        state.withLock { $0.known[token.identifier] = nil }
        let directory = directory, time = Int(now.timeIntervalSince1970)
        let isNoted = (try? await NIOThreadPool.singleton.runIfActive { directory.use(token.identifier, at: time) }) ?? false
        guard !isNoted,
            state.withLock({ state in
                defer { state.complainsOfNotes = false }
                return state.complainsOfNotes
            })
        else { return }
        log.warning("it cannot be noted when a token was used", metadata: ["directory": "\(directory.path)"])
    }

    /// Once for each that is wrong.
    private func complain(_ error: AuthenticationError) {
        let isNew = state.withLock { $0.complaints.count < Self.remembered && $0.complaints.insert(error).inserted }
        if isNew { log.error("\(error)") }
    }
}
