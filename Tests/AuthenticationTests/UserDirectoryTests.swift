// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Logging
import Testing

@testable import Authentication

/// A file of users in a scratch folder that goes with the suite.
@Suite final class UserDirectoryTests {
    private let scratch = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)")
    private let log = RecordingLog()
    private var path: String { scratch.appending(path: "users").path }

    init() throws { try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: scratch) }

    private func write(_ text: String, atomically: Bool = true) throws { try text.write(toFile: path, atomically: atomically, encoding: .utf8) }

    /// - Parameter freshness: 0: a file that is new counts as settled.
    private func directory(pause: Duration = .zero, freshness: Int = 0) throws -> UserDirectory {
        try UserDirectory(
            path: path, pause: pause, freshness: freshness, verifier: PasswordVerifier(log: log.logger), log: log.logger)
    }

    private static let anna = "anna:\(HashVectors.cheap)\n"
    private static let bob = "bob:\(HashVectors.cheapSHA)\n"
    private let secret = Array("secret".utf8)

    @Test func `users are verified by the file`() async throws {
        try write(Self.anna + Self.bob)
        let users = try UserDirectory(path: path, log: log.logger)
        #expect(users.names == ["anna", "bob"])
        for name in users.names {
            #expect(await users.verify(name: name, password: secret) == .accepted)
            #expect(await users.verify(name: name, password: []) == .refused)
        }
        #expect(await users.verify(name: "carol", password: secret) == .refused)
        #expect(await users.verify(name: "", password: secret) == .refused)
        #expect(users.counts == VerificationCounts(computed: 6))
    }

    @Test func `what can be nobody's password costs nothing`() async throws {
        try write(Self.anna)
        let users = try directory()
        for password in [[UInt8](repeating: 120, count: 512), Array("secret\0".utf8), [0]] {
            #expect(await users.verify(name: "anna", password: password) == .refused)
        }
        #expect(users.counts == VerificationCounts())
    }

    @Test(arguments: [0, 1000])
    func `a change of the file counts at the next look, and who was removed is out at once`(freshness: Int) async throws {
        try write(Self.anna)
        let users = try directory(freshness: freshness)
        #expect(await users.verify(name: "anna", password: secret) == .accepted)
        #expect(await users.verify(name: "anna", password: secret) == .accepted)
        try write(Self.bob)
        #expect(await users.verify(name: "anna", password: secret) == .refused)
        #expect(await users.verify(name: "bob", password: secret) == .accepted)
        try write("bob:$5$abcdefgh$6nC1EPyghHa1E/ZMEzcPV9PRALaRkLjhb0G.zcgwzaC\n", atomically: false)
        // It is written in place: one that is new counts when the next look sees the same.
        #expect(await users.verify(name: "bob", password: secret) == (freshness > 0 ? .accepted : .refused))
        #expect(await users.verify(name: "bob", password: secret) == .refused)
        #expect(await users.verify(name: "bob", password: Array(HashVectors.password.utf8)) == .accepted)
        #expect(log.texts(.notice).count == 2 && log.texts(.error).isEmpty)
    }

    @Test func `a file that is written in place counts once it is whole`() async throws {
        try write(Self.anna + Self.bob)
        let users = try directory(freshness: 1000)
        // As htpasswd does it: emptied, then written piece by piece, each a line's end that one may see.
        for text in ["", "# staff\n", "# staff\n" + Self.anna] {
            try write(text, atomically: false)
            #expect(await users.verify(name: "bob", password: secret) == .accepted)
        }
        #expect(log.texts(.error).isEmpty)
        try write("# staff\n" + Self.anna + "carol:\(HashVectors.cheap)\n", atomically: false)
        #expect(await users.verify(name: "bob", password: secret) == .accepted)
        #expect(await users.verify(name: "bob", password: secret) == .refused)
        #expect(await users.verify(name: "carol", password: secret) == .accepted)
    }

    @Test func `an empty file has lost its users, and those from before go on`() async throws {
        try write("")
        #expect(try directory().names.isEmpty)
        try write(Self.anna)
        let users = try directory()
        try write("")
        for _ in 0..<3 { #expect(await users.verify(name: "anna", password: secret) == .accepted) }
        #expect(log.texts(.error).count == 1 && log.texts(.error).first?.contains("is empty") == true)
        try write(Self.anna)
        #expect(try UserFile.set(nil, of: "anna", path: path))
        #expect(await users.verify(name: "anna", password: secret) == .refused)
    }

    @Test func `a file that everybody may write is refused`() async throws {
        try write(Self.anna)
        let users = try directory()
        try write(Self.bob)
        try FileManager.default.setAttributes([.posixPermissions: 0o606], ofItemAtPath: path)
        #expect(await users.verify(name: "anna", password: secret) == .accepted)
        #expect(log.texts(.error).first?.contains("chmod o-w") == true)
        #expect(#expect(throws: AuthenticationError.self) { try directory() }?.message.hasPrefix("\(path): ") == true)
        #expect(throws: AuthenticationError.self) { try UserFile.set(nil, of: "bob", path: path) }
    }

    @Test func `the file is not looked at again before its time`() async throws {
        try write(Self.anna)
        let users = try directory(pause: .seconds(3600))
        try write(Self.bob)
        #expect(await users.verify(name: "anna", password: secret) == .accepted)
        #expect(users.names == ["anna"])
    }

    @Test(arguments: [0, 1000])
    func `a file that became bad, or is gone, leaves the users as they were, and is told of once`(freshness: Int) async throws {
        try write(Self.anna)
        let users = try directory(freshness: freshness)
        try write(Self.anna + "bob:hunter2\n")
        for _ in 0..<3 { #expect(await users.verify(name: "anna", password: secret) == .accepted) }
        #expect(log.texts(.error).count == 1 && log.texts(.error).first?.hasPrefix("\(path):2: ") == true)
        #expect(log.texts(.error).first?.contains("hunter2") == false)
        try write("# another\n" + Self.anna + "bob:hunter2\n")
        for _ in 0..<3 { #expect(await users.verify(name: "anna", password: secret) == .accepted) }
        #expect(log.texts(.error).count == 2)
        try FileManager.default.removeItem(atPath: path)
        for _ in 0..<3 { #expect(await users.verify(name: "anna", password: secret) == .accepted) }
        #expect(log.texts(.error).count == 3 && log.texts(.error).last?.contains("cannot be read") == true)
        // What was not there at the last look may have been begun just now.
        try write(Self.bob)
        #expect(await users.verify(name: "anna", password: secret) == (freshness > 0 ? .accepted : .refused))
        #expect(await users.verify(name: "bob", password: secret) == .accepted)
        #expect(await users.verify(name: "anna", password: secret) == .refused)
        #expect(log.texts(.error).count == 3 && log.texts(.notice).count == 1)
    }

    @Test func `at the start a file that is missing, bad or none is an error`() throws {
        #expect(throws: AuthenticationError.self) { try directory() }
        try write("anna:hunter2\n")
        #expect(#expect(throws: AuthenticationError.self) { try directory() }?.message.hasPrefix("\(path):1: ") == true)
        try Data(count: (1 << 20) + 1).write(to: URL(filePath: path))
        #expect(#expect(throws: AuthenticationError.self) { try directory() }?.message.contains("1 MiB") == true)
        for other in [scratch.path, "/dev/zero"] {
            let error = #expect(throws: AuthenticationError.self) { try UserDirectory(path: other, log: log.logger) }
            #expect(error?.message.contains("is not a file") == true)
        }
        let pipe = scratch.appending(path: "pipe").path
        let made = unsafe mkfifo(pipe, 0o600)
        #expect(made == 0)
        #expect(throws: AuthenticationError.self) { try UserDirectory(path: pipe, log: log.logger) }
    }

    @Test func `many at once while the file changes get one of the right answers`() async throws {
        try write(Self.anna)
        let users = try directory()
        try await withThrowingTaskGroup { group in
            for index in 0..<50 {
                group.addTask { [secret] in await users.verify(name: index.isMultiple(of: 2) ? "anna" : "carol", password: secret) }
                if index.isMultiple(of: 10) { try write("# \(index)\n" + Self.anna) }
            }
            let answers = try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            #expect(answers == [.accepted: 25, .refused: 25])
        }
    }
}
