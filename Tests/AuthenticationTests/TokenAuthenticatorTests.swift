// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Foundation
import Logging
import Testing

@testable import Authentication

@Suite struct TokenAuthenticatorTests {
    private let scratch: Scratch
    private let clock = Clock()
    private let log = RecordingLog()
    private let users: UserDirectory
    private let directory: TokenDirectory
    private let authenticator: TokenAuthenticator
    private static let wrong = Authentication.refused("The token is not valid, or no more.")

    init() throws {
        scratch = try Scratch()
        try scratch.write("anna:\(HashVectors.cheap)\n", to: "users")
        users = try UserDirectory(
            path: scratch.path("users"), pause: .zero, freshness: 1000, verifier: PasswordVerifier(log: log.logger), log: log.logger)
        directory = try TokenDirectory(path: scratch.path("tokens"), isMade: true)
        authenticator = TokenAuthenticator(
            directory: directory, users: users, roles: Role.builtIn, attempts: .frozen, log: log.logger,
            now: { [clock] in clock.date })
    }

    private func make(user: String = "anna", role: String = "viewer", lifetime: Int = 3600) throws -> (Token, text: String) {
        try directory.make(user: user, role: role, label: "", lifetime: lifetime, now: clock.date)
    }

    private func answer(_ text: String, from address: String? = nil) async -> Authentication {
        await authenticator.authenticate(Proofs(authorization: [text], address: address.flatMap { IPAddress($0) }))
    }

    @Test(arguments: ["Bearer ", "bearer ", "BEARER  "])
    func `a token is its user, bounded by its role`(scheme: String) async throws {
        let (_, text) = try make()
        #expect(await answer(scheme + text) == .user(Identity(name: "anna", scheme: .token, bound: .viewer)))
        #expect(authenticator.challenges == ["Bearer realm=\"handlervirt\""])
    }

    @Test func `another scheme and no header are none of its business`() async throws {
        #expect(await answer("Basic x") == .anonymous)
        #expect(await authenticator.authenticate(Proofs()) == .anonymous)
    }

    @Test func `what is wrong in any character is refused in the same words`() async throws {
        let (_, text) = try make()
        for index in text.indices {
            let other: Character = text[index] == "b" ? "c" : "b"
            let forged = text[..<index] + String(other) + text[text.index(after: index)...]
            let answer = await answer("Bearer \(forged)")
            #expect(answer == Self.wrong)
        }
        for forged in ["", text + "A", text + " ", String(text.dropLast()), text + "," + text] {
            #expect(await answer("Bearer \(forged)") == Self.wrong)
        }
    }

    @Test func `it ends with its time, and a second after it was revoked`() async throws {
        let (_, over) = try make(lifetime: 60)
        let (token, text) = try make()
        #expect(await answer("Bearer \(over)") != Self.wrong)
        clock.pass(.seconds(60))
        #expect(await answer("Bearer \(over)") == .refused("The token has expired.", account: "anna"))
        #expect(await answer("Bearer \(text)") == .user(Identity(name: "anna", scheme: .token, bound: .viewer)))
        #expect(try directory.revoke(token.identifier))
        clock.pass(.seconds(1))
        #expect(await answer("Bearer \(text)") == Self.wrong)
    }

    @Test func `it ends with its user and with its role`() async throws {
        let (_, text) = try make()
        let (_, odd) = try make(role: "no-such-role")
        #expect(await answer("Bearer \(odd)") == .refused("The role of the token is none that this server has.", account: "anna"))
        let (_, stranger) = try make(user: "A\u{30A}nna")
        #expect(await answer("Bearer \(stranger)") == Self.wrong)
        try scratch.write("bert:\(HashVectors.cheap)\n", to: "users")
        #expect(await answer("Bearer \(text)") == Self.wrong)
    }

    @Test func `its use is noted once a minute`() async throws {
        let (token, text) = try make()
        func used() throws -> Int? { try directory.token(token.identifier)?.used.map { Int($0.timeIntervalSince1970) } }
        #expect(try used() == nil)
        _ = await answer("Bearer \(text)")
        #expect(try used() == Clock.epoch)
        for (pause, noted) in [(1, 0), (58, 0), (1, 60), (59, 60), (1, 120)] {
            clock.pass(.seconds(pause))
            _ = await answer("Bearer \(text)")
            #expect(try used() == Clock.epoch + noted)
        }
    }

    @Test func `who guesses has to wait, and who has a token or a password has not`() async throws {
        let (_, text) = try make()
        for _ in 0..<5 { #expect(await answer("Bearer \(TokenText().text)", from: "192.0.2.1") == Self.wrong) }
        #expect(await answer("Bearer \(TokenText().text)", from: "192.0.2.1") == .throttled(seconds: 1))
        #expect(await users.verify(name: "anna", password: Array("secret".utf8), from: IPAddress("192.0.2.1")) == .accepted)
        #expect(await answer("Bearer \(text)", from: "192.0.2.1") == .user(Identity(name: "anna", scheme: .token, bound: .viewer)))
        #expect(await answer("Bearer \(TokenText().text)", from: "192.0.2.2") == Self.wrong)
    }

    @Test func `a file that is no token is told of once, and never what it holds`() async throws {
        let (token, text) = try make()
        try scratch.write("sha256: hunter2\n", to: "tokens/\(token.identifier)")
        for _ in 0..<3 {
            #expect(await answer("Bearer \(text)") == Self.wrong)
            clock.pass(.seconds(2))
        }
        #expect(log.texts(.error).count == 1 && log.texts(.error).first?.contains("hunter2") == false)
    }
}
