// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Authentication

/// That an unknown user costs what one costs who is there.
@Suite struct DecoyTests {
    private let hashes = [HashVectors.cheap, HashVectors.cheapSHA, HashVectors.cheapBcrypt]

    private func file(_ count: Int) throws -> UserFile {
        try UserFile(Array((0..<count).map { "user\($0):\(hashes[$0 % 3])\n" }.joined().utf8), file: "users")
    }

    @Test func `one name has one decoy, and many names have those of all kinds`() throws {
        let file = try file(9)
        var kinds: [PasswordHash.Kind: Int] = [:]
        for index in 0..<300 {
            let decoy = try #require(file.decoy(for: "stranger\(index)"))
            #expect(decoy == file.decoy(for: "stranger\(index)"))
            kinds[decoy.kind, default: 0] += 1
        }
        #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 50 })
    }

    @Test func `without users there is none`() throws { #expect(try file(0).decoy(for: "stranger") == nil) }

    @Test func `an unknown name takes as many hashes as a wrong password`() async throws {
        let scratch = try Scratch()
        try scratch.write("anna:\(HashVectors.cheap)\n", to: "users")
        let log = RecordingLog()
        let users = try UserDirectory(
            path: scratch.path("users"), pause: .zero, freshness: 0, verifier: PasswordVerifier(log: log.logger), log: log.logger)
        for (index, name) in ["anna", "stranger", "", String(repeating: "x", count: 3000)].enumerated() {
            #expect(await users.verify(name: name, password: Array("wrong".utf8)) == .refused)
            #expect(users.counts.computed == index + 1)
        }
    }
}
