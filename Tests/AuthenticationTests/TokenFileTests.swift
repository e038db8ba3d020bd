// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import TestSupport
import Testing

@testable import Authentication

@Suite struct TokenFileTests {
    private let scratch: Scratch
    private let directory: TokenDirectory
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let hash = String(repeating: "0a", count: 32)
    private static let good = [
        "user: anna", "role: viewer", "name: a script", "created: 2026-11-28T12:00:00Z", "expires: 2027-11-28T12:00:00Z", "sha256: \(hash)",
    ]

    init() throws {
        scratch = try Scratch()
        directory = try TokenDirectory(path: scratch.path("tokens"), isMade: true)
    }

    private func made() throws -> (Token, text: String) {
        try directory.make(user: "J\u{FC}rgen", role: "viewer", label: "a: script", lifetime: 60, now: Self.now)
    }

    @Test func `a token is one line of 64 characters, and its file holds no part of the secret`() throws {
        let (token, text) = try made()
        #expect(text.utf8.count == 64 && text.hasPrefix("hvt_\(token.identifier)_"))
        let secret = text.suffix(43)
        let file = try scratch.read("tokens/\(token.identifier)")
        #expect(!file.contains(secret) && !file.contains(secret.prefix(8)))
        #expect(file.split(separator: "\n").count == 6)
        #expect(try scratch.mode("tokens/\(token.identifier)") == 0o600 && scratch.mode("tokens") == 0o700)
    }

    @Test func `what was made is read, and used never`() throws {
        let (token, text) = try made()
        let read = try #require(try directory.token(token.identifier))
        #expect(read == token && read.used == nil && read.expires == Self.now + 60 && read.label == "a: script")
        #expect(try #require(TokenText(text[...])).isOf(read))
        #expect(!TokenText().isOf(read))
        #expect(directory.use(token.identifier, at: 1_800_000_030))
        #expect(try directory.token(token.identifier)?.used == Date(timeIntervalSince1970: 1_800_000_030))
    }

    @Test func `no two are the same`() { #expect(Set((0..<1000).map { _ in TokenText().text }).count == 1000) }

    @Test(arguments: [
        "", "hvt_", "hvt_aaaaaaaaaaaaaaaa", "hvt_aaaaaaaaaaaaaaaa_", "hvt_../../../etc/pas_" + String(repeating: "A", count: 43),
        "hvt_AAAAAAAAAAAAAAAA_" + String(repeating: "A", count: 43), "hvt_aaaaaaaaaaaaaaaa_" + String(repeating: "A", count: 42),
        "hvt_aaaaaaaaaaaaaaaa_" + String(repeating: "A", count: 44), "hvt_aaaaaaaaaaaaaaaa_" + String(repeating: "A", count: 42) + "B",
        "hvt_aaaaaaaaaaaaaaaa_" + String(repeating: "=", count: 43), " hvt_aaaaaaaaaaaaaaaa_" + String(repeating: "A", count: 43),
        "hvx_aaaaaaaaaaaaaaaa_" + String(repeating: "A", count: 43),
    ])
    func `what is no token is none`(text: String) { #expect(TokenText(text[...]) == nil) }

    @Test func `a file must be right in each line, and the sentence holds nothing of it`() throws {
        func read(_ lines: [String]) throws -> Token {
            try Token(Array((lines.joined(separator: "\n") + "\n").utf8), identifier: "aaaaaaaaaaaaaaaa", used: nil)
        }
        #expect(try read(Self.good).user == "anna")
        for index in Self.good.indices {
            for line in [
                nil, "x: y", Self.good[index] + "\n" + Self.good[index], String(Self.good[index].dropLast(Self.good[index].count - 3)), "\u{0}",
            ] {
                var lines = Self.good
                if let line { lines[index] = line } else { lines.remove(at: index) }
                let error = #expect(throws: AuthenticationError.self) { try read(lines) }
                #expect(error?.message.contains(Self.hash) == false)
            }
        }
        for line in ["sha256: \(Self.hash)0", "sha256: \(Self.hash.dropLast())g", "sha256: +a\(Self.hash.dropFirst(2))", "sha256: "] {
            #expect(throws: AuthenticationError.self) { try read(Self.good.dropLast() + [line]) }
        }
        for line in ["user: a:b", "user: nobody", "user: ", "user:  anna", "expires: tomorrow", "name: \u{7}"] {
            let key = line.prefix { $0 != ":" } + ":"
            #expect(throws: AuthenticationError.self) { try read(Self.good.map { $0.hasPrefix(key) ? line : $0 }) }
        }
    }

    @Test func `random damage is no crash, and never another hash`() throws {
        var random = SeededGenerator(seed: 7)
        let bytes = Array((Self.good.joined(separator: "\n") + "\n").utf8)
        for _ in 0..<2000 {
            let token = try? Token(random.mutation(of: bytes), identifier: "aaaaaaaaaaaaaaaa", used: nil)
            #expect(token.map { $0.digest.count == 32 } ?? true)
        }
    }

    @Test func `files that are no tokens are told of, and those of another name are nothing`() throws {
        let (token, _) = try made()
        try scratch.write("rubbish", to: "tokens/bbbbbbbbbbbbbbbb")
        try scratch.write("rubbish", to: "tokens/README")
        try FileManager.default.createDirectory(atPath: scratch.path("tokens/cccccccccccccccc"), withIntermediateDirectories: false)
        try scratch.write(String(repeating: "name: x\n", count: 1000), to: "tokens/dddddddddddddddd")
        let (tokens, complaints) = try directory.tokens()
        #expect(tokens == [token] && complaints.count == 3)
        #expect(complaints.allSatisfy { $0.message.hasPrefix(scratch.path("tokens/")) })
        #expect(try directory.token("README") == nil && directory.token("../users") == nil && directory.token("") == nil)
    }

    @Test func `who is revoked is gone, once`() throws {
        let (token, _) = try made()
        try scratch.write("x", to: "users")
        #expect(try directory.revoke(token.identifier) && !directory.revoke(token.identifier))
        #expect(try !directory.revoke("../users") && scratch.names.contains("users"))
        #expect(try directory.token(token.identifier) == nil)
    }

    @Test func `a directory that everybody may write is refused, and so is a file`() throws {
        try scratch.setMode(0o777, of: "tokens")
        #expect(throws: AuthenticationError.self) { try TokenDirectory(path: scratch.path("tokens"), isMade: true) }
        try scratch.write("x", to: "file")
        #expect(throws: AuthenticationError.self) { try TokenDirectory(path: scratch.path("file"), isMade: true) }
        #expect(throws: AuthenticationError.self) { try TokenDirectory(path: scratch.path("none/none"), isMade: true) }
    }

    @Test func `a directory is made only where that is wanted`() throws {
        #expect(throws: AuthenticationError.self) { try TokenDirectory(path: scratch.path("none"), isMade: false) }
        #expect(scratch.names == ["tokens"])
        _ = try TokenDirectory(path: scratch.path("tokens"), isMade: false)
    }

    @Test func `a file that everybody may write is no token`() throws {
        let (token, _) = try made()
        try scratch.setMode(0o602, of: "tokens/\(token.identifier)")
        #expect(throws: AuthenticationError.self) { try directory.token(token.identifier) }
    }

    @Test func `all tokens of a user are revoked, and nobody else's`() throws {
        let (one, other) = (try made().0, try made().0)
        let (kept, _) = try directory.make(user: "anna", role: "viewer", label: "", lifetime: 60, now: Self.now)
        #expect(try Set(directory.revokeAll(of: "J\u{FC}rgen").revoked) == [one.identifier, other.identifier])
        #expect(try directory.tokens().tokens == [kept] && directory.revokeAll(of: "J\u{FC}rgen").revoked.isEmpty)
        try scratch.write("rubbish", to: "tokens/bbbbbbbbbbbbbbbb")
        let (revoked, complaints) = try directory.revokeAll(of: "anna")
        #expect(revoked == [kept.identifier] && complaints.count == 1)
    }
}
