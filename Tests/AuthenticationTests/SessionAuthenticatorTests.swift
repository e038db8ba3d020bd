// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

@testable import Authentication

@Suite struct SessionAuthenticatorTests {
    private let scratch: Scratch
    private let clock = Clock()
    private let log = RecordingLog()
    private let users: UserDirectory

    init() throws {
        scratch = try Scratch()
        try scratch.write("anna:\(HashVectors.cheap)\nbert:\(HashVectors.cheap)\n", to: "users")
        users = try UserDirectory(
            path: scratch.path("users"), pause: .zero, freshness: 1000, verifier: PasswordVerifier(log: log.logger), attempts: .frozen,
            log: log.logger)
    }

    private func sessions(lifetime: Int = 3600, keyFile: String? = nil) throws -> SessionAuthenticator {
        let key = try keyFile.map { try SessionKeyFile.watched(path: scratch.path($0), pause: .zero, freshness: 1000, log: log.logger) }
        return SessionAuthenticator(users: users, key: key, lifetime: lifetime) { [clock] in clock.seconds }
    }

    /// What a browser sends after a login.
    private func login(_ sessions: SessionAuthenticator, _ name: String = "anna", isSecure: Bool = false) async throws -> Proofs {
        let (authentication, cookie) = await sessions.open(name: name, password: "secret", Proofs(isSecure: isSecure))
        #expect(authentication == .user(Identity(name: name, scheme: .session)))
        let value = try #require(cookie?.split(separator: ";").first)
        return Proofs(cookies: [String(value)], isSecure: isSecure)
    }

    private static let anna = Authentication.user(Identity(name: "anna", scheme: .session))

    @Test(arguments: [false, true]) func `who logged in is known by the cookie until it expires`(isSecure: Bool) async throws {
        let sessions = try sessions(lifetime: 60)
        let proofs = try await login(sessions, isSecure: isSecure)
        #expect(await sessions.authenticate(proofs) == Self.anna)
        clock.pass(.seconds(59))
        #expect(await sessions.authenticate(proofs) == Self.anna)
        clock.pass(.seconds(1))
        #expect(await sessions.authenticate(proofs) == .anonymous)
    }

    @Test func `a wrong password opens nothing`() async throws {
        let sessions = try sessions()
        for name in ["anna", "carol"] {
            let (authentication, cookie) = await sessions.open(name: name, password: "wrong", Proofs())
            #expect(authentication == .refused("The name or the password is wrong.") && cookie == nil)
        }
    }

    @Test func `a login that has to wait is told so, and a session that is open goes on`() async throws {
        let sessions = try sessions()
        let proofs = try await login(sessions)
        for _ in 0..<5 { _ = await sessions.open(name: "anna", password: "wrong", Proofs()) }
        let (authentication, cookie) = await sessions.open(name: "anna", password: "wrong too", Proofs())
        #expect(authentication == .throttled(seconds: 1) && cookie == nil)
        #expect(await sessions.authenticate(proofs) == Self.anna)
    }

    @Test func `a login that has to wait does so although the password was right just before`() async throws {
        let sessions = try sessions()
        #expect(await users.verify(name: "anna", password: Array("secret".utf8)) == .accepted)
        for _ in 0..<5 { _ = await sessions.open(name: "anna", password: "wrong", Proofs()) }
        #expect(await users.verify(name: "anna", password: Array("secret".utf8)) == .accepted)
        #expect(await sessions.open(name: "anna", password: "secret", Proofs()).0 == .throttled(seconds: 1))
    }

    @Test func `a password that changes while it is verified opens no session of the new one`() async throws {
        let barrier = Barrier()
        let verifier = PasswordVerifier(log: log.logger) { barrier.pass() }
        let users = try UserDirectory(
            path: scratch.path("users"), pause: .zero, freshness: 1000, verifier: verifier, attempts: .frozen, log: log.logger)
        let sessions = SessionAuthenticator(users: users, key: nil, lifetime: 60) { [clock] in clock.seconds }
        async let opened = sessions.open(name: "anna", password: "secret", Proofs())
        while verifier.running == 0 { await Task.yield() }
        try scratch.write("anna:\(HashVectors.cheapSHA)\n", to: "users")
        #expect(await users.hash(of: "anna")?.kind == .sha512crypt)
        barrier.open(1)
        let value = try #require(await opened.cookie?.split(separator: ";").first)
        #expect(await sessions.authenticate(Proofs(cookies: [String(value)])) == .anonymous)
    }

    @Test func `a cookie is bad that will never count`() async throws {
        let sessions = try sessions(lifetime: 60)
        let (proofs, other) = (try await login(sessions), try await login(sessions))
        #expect(await !sessions.hasBadCookie(proofs))
        #expect(await !sessions.hasBadCookie(Proofs()))
        // The user may be back at the next look.
        try scratch.write("bert:\(HashVectors.cheap)\n", to: "users")
        #expect(await sessions.authenticate(proofs) == .anonymous)
        #expect(await !sessions.hasBadCookie(proofs))
        let forged = [[proofs.cookies[0] + "x"], [proofs.cookies[0], other.cookies[0]], ["handlervirt="]]
        for cookies in forged { #expect(await sessions.hasBadCookie(Proofs(cookies: cookies))) }
        try scratch.write("anna:\(HashVectors.cheap)\n", to: "users")
        #expect(await sessions.authenticate(proofs) == Self.anna)
        await sessions.end(other)
        #expect(await sessions.hasBadCookie(other))
        #expect(await !sessions.hasBadCookie(proofs))
        clock.pass(.seconds(60))
        #expect(await sessions.hasBadCookie(proofs))
    }

    @Test func `a new password ends the sessions of its user alone, and so does his removal`() async throws {
        let sessions = try sessions()
        let (anna, bert) = (try await login(sessions), try await login(sessions, "bert"))
        try scratch.write("anna:\(HashVectors.cheapSHA)\nbert:\(HashVectors.cheap)\n", to: "users")
        #expect(await sessions.authenticate(anna) == .anonymous)
        #expect(await sessions.authenticate(bert) == .user(Identity(name: "bert", scheme: .session)))
        try scratch.write("anna:\(HashVectors.cheapSHA)\n", to: "users")
        #expect(await sessions.authenticate(bert) == .anonymous)
    }

    @Test func `a logout ends the session and no other of its user`() async throws {
        let sessions = try sessions()
        let (one, other) = (try await login(sessions), try await login(sessions))
        await sessions.end(one)
        #expect(await sessions.authenticate(one) == .anonymous)
        #expect(await sessions.authenticate(other) == Self.anna)
        await sessions.end(Proofs(authorization: ["Basic x"], cookies: other.cookies))
        #expect(await sessions.authenticate(other) == Self.anna)
        #expect(sessions.deletion(one) == "handlervirt=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict")
    }

    @Test func `two cookies, a forged one and one beside an Authorization header are none`() async throws {
        let sessions = try sessions()
        let proofs = try await login(sessions)
        let cookie = proofs.cookies[0]
        for cookies in [
            [cookie, cookie], [cookie + "; " + cookie], [cookie + "x"], [String(cookie.dropLast())],
            ["handlervirt=" + String(repeating: "A", count: 100_000)],
        ] {
            #expect(await sessions.authenticate(Proofs(cookies: cookies)) == .anonymous)
        }
        #expect(await sessions.authenticate(Proofs(authorization: ["Basic x"], cookies: [cookie])) == .anonymous)
        #expect(await sessions.authenticate(Proofs(cookies: [cookie], isSecure: true)) == .anonymous)
    }

    @Test func `replicas with one key file take each other's sessions, and a new key ends all`() async throws {
        let (one, other) = (try sessions(keyFile: "key"), try sessions(keyFile: "key"))
        let proofs = try await login(one)
        #expect(await other.authenticate(proofs) == Self.anna)
        #expect(try await sessions().authenticate(proofs) == .anonymous)
        try scratch.write(String(repeating: "k", count: 64), to: "key")
        try scratch.setMode(0o600, of: "key")
        #expect(await one.authenticate(proofs) == .anonymous)
        #expect(await other.authenticate(proofs) == .anonymous)
        #expect(await other.authenticate(try await login(one)) == Self.anna)
    }

    @Test func `a shorter lifetime counts for sessions that are open, and one from the future does not count`() async throws {
        let (long, short) = (try sessions(keyFile: "key"), try sessions(lifetime: 60, keyFile: "key"))
        let proofs = try await login(long)
        #expect(await short.authenticate(proofs) == Self.anna)
        clock.pass(.seconds(-61))
        #expect(await short.authenticate(proofs) == .anonymous)
        clock.pass(.seconds(121))
        #expect(await short.authenticate(proofs) == .anonymous)
        #expect(await long.authenticate(proofs) == Self.anna)
    }
}
