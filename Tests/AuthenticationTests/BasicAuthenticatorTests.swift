// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Foundation
import Testing

@testable import Authentication

@Suite final class BasicAuthenticatorTests: Sendable {
    private let path = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)").path
    private let users: UserDirectory
    private let authenticator: any Authenticator
    private let barrier = Barrier()
    private let verifier: PasswordVerifier

    init() throws {
        try "anna:\(HashVectors.cheap)\ncarol:\(HashVectors.cheap)\n".write(toFile: path, atomically: true, encoding: .utf8)
        let log = RecordingLog().logger
        var limits = PasswordVerifier.Limits()
        (limits.threads, limits.waiting) = (1, 0)
        verifier = PasswordVerifier(limits: limits, log: log) { [barrier] in barrier.pass() }
        users = try UserDirectory(path: path, pause: .zero, freshness: 0, verifier: verifier, attempts: .frozen, log: log)
        authenticator = BasicAuthenticator(users: users)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func basic(_ text: String) -> Proofs { Proofs(authorization: ["Basic " + Data(text.utf8).base64EncodedString()]) }

    @Test func `who brings nothing is anonymous, and who brings the right password is that user`() async {
        barrier.open(1)
        #expect(await authenticator.authenticate(Proofs()) == .anonymous)
        #expect(await authenticator.authenticate(basic("anna:secret")) == .user(Identity(name: "anna", scheme: .basic)))
    }

    @Test func `an unknown user and a wrong password are refused in the same way`() async {
        barrier.open(2)
        #expect(await authenticator.authenticate(basic("bob:secret")) == .refused("The name or the password is wrong."))
        #expect(await authenticator.authenticate(basic("anna:Secret")) == .refused("The name or the password is wrong."))
    }

    @Test func `what is malformed, of another scheme or there twice is refused and not anonymous`() async {
        let chain = AuthenticatorChain([authenticator])
        for headers in [[""], ["Basic"], ["Bearer abc"], ["Digest x"], ["Basic YTpi", "Basic YTpi"]] {
            guard case .refused = await chain.authenticate(Proofs(authorization: headers)) else {
                Issue.record("\(headers)")
                continue
            }
        }
    }

    @Test func `too many at once are told apart from wrong ones`() async {
        async let first = authenticator.authenticate(basic("anna:secret"))
        while verifier.running == 0 { await Task.yield() }
        #expect(await authenticator.authenticate(basic("anna:other")) == .overloaded)
        barrier.open(1)
        #expect(await first == .user(Identity(name: "anna", scheme: .basic)))
    }

    @Test func `after five failures one has to wait, with the right password too, unless it was verified just before`() async {
        barrier.open(7)
        let here = IPAddress("192.0.2.1")
        func answer(_ text: String) async -> Authentication {
            var proofs = basic(text)
            proofs.address = here
            return await authenticator.authenticate(proofs)
        }
        for _ in 0..<5 { #expect(await answer("anna:wrong") == .refused("The name or the password is wrong.")) }
        #expect(await answer("anna:wrong") == .throttled(seconds: 1))
        #expect(await answer("anna:secret") == .throttled(seconds: 1))
        #expect(await answer("bob:secret") == .throttled(seconds: 1))
        // What was verified before counts on, also where somebody else fails.
        let other = BasicAuthenticator(users: users)
        #expect(await other.authenticate(basic("carol:secret")) == .user(Identity(name: "carol", scheme: .basic)))
        for index in 0..<5 {
            barrier.open(1)
            var proofs = basic("carol:wrong")
            proofs.address = IPAddress("192.0.2.\(10 + index)")
            #expect(await other.authenticate(proofs) == .refused("The name or the password is wrong."))
        }
        #expect(await other.authenticate(basic("carol:wrong")) == .throttled(seconds: 1))
        #expect(await other.authenticate(basic("carol:secret")) == .user(Identity(name: "carol", scheme: .basic)))
        // Elsewhere it was not, and who guesses there must not learn by it which is right.
        for password in ["wrong", "secret"] {
            var proofs = basic("carol:\(password)")
            proofs.address = IPAddress("198.51.100.1")
            #expect(await other.authenticate(proofs) == .throttled(seconds: 1))
        }
    }

    @Test func `it asks for Basic`() { #expect(authenticator.challenges == ["Basic realm=\"handlervirt\", charset=\"UTF-8\""]) }
}
