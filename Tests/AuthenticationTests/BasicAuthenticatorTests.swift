// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Foundation
import Testing

@testable import Authentication

@Suite final class BasicAuthenticatorTests: Sendable {
    private let path = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)").path
    private let authenticator: any Authenticator
    private let barrier = Barrier()
    private let verifier: PasswordVerifier

    init() throws {
        try "anna:\(HashVectors.cheap)\n".write(toFile: path, atomically: true, encoding: .utf8)
        let log = RecordingLog().logger
        var limits = PasswordVerifier.Limits()
        (limits.threads, limits.waiting) = (1, 0)
        verifier = PasswordVerifier(limits: limits, log: log) { [barrier] in barrier.pass() }
        authenticator = BasicAuthenticator(users: try UserDirectory(path: path, pause: .zero, freshness: 0, verifier: verifier, log: log))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func basic(_ text: String) -> Proofs { Proofs(authorization: ["Basic " + Data(text.utf8).base64EncodedString()]) }

    @Test func `who brings nothing is anonymous, and who brings the right password is that user`() async {
        barrier.open(1)
        #expect(await authenticator.authenticate(Proofs()) == .anonymous)
        #expect(await authenticator.authenticate(basic("anna:secret")) == .user("anna"))
    }

    @Test func `an unknown user and a wrong password are refused in the same words`() async {
        barrier.open(2)
        let unknown = await authenticator.authenticate(basic("bob:secret"))
        #expect(unknown == .refused("The name or the password is wrong."))
        #expect(await authenticator.authenticate(basic("anna:Secret")) == unknown)
    }

    @Test func `what is malformed, of another scheme or there twice is refused and not anonymous`() async {
        for headers in [[""], ["Basic"], ["Bearer abc"], ["Basic YTpi", "Basic YTpi"]] {
            guard case .refused = await authenticator.authenticate(Proofs(authorization: headers)) else {
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
        #expect(await first == .user("anna"))
    }

    @Test func `only who is known or anonymous is somebody to the gate`() {
        #expect(Authentication.anonymous.caller == .anonymous && Authentication.user("anna").caller == Caller(name: "anna"))
        #expect(Authentication.refused("").caller == nil && Authentication.overloaded.caller == nil)
        #expect(authenticator.challenge == "Basic realm=\"handlervirt\", charset=\"UTF-8\"")
    }
}
