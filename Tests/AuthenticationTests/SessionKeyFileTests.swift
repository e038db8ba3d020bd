// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Logging
import Testing

@testable import Authentication

@Suite struct SessionKeyFileTests {
    private let scratch: Scratch
    private let log = RecordingLog()

    init() throws { scratch = try Scratch() }

    private func watched() throws -> WatchedFile<SessionKey> {
        try SessionKeyFile.watched(path: scratch.path("key"), pause: .zero, freshness: 1000, log: log.logger)
    }

    @Test func `it is made where there is none, for its owner alone, and then stays`() async throws {
        let key = try watched().lastRead
        #expect(try scratch.mode("key") == 0o600 && scratch.names == ["key"])
        #expect(try Data(contentsOf: URL(filePath: scratch.path("key"))).count == 64)
        #expect(try watched().lastRead == key)
    }

    @Test func `many that begin at once have one key`() async throws {
        let keys = try await withThrowingTaskGroup { group in
            for _ in 0..<20 { group.addTask { try watched().lastRead } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(keys.allSatisfy { $0 == keys[0] } && scratch.names == ["key"])
    }

    @Test func `one that is short, or that all may read, is refused in a sentence that does not hold it`() throws {
        try scratch.write(String(repeating: "k", count: 31), to: "key")
        try scratch.setMode(0o600, of: "key")
        let short = #expect(throws: AuthenticationError.self) { try watched() }
        #expect(short?.message.hasPrefix("\(scratch.path("key")): ") == true && short?.message.contains("kkk") == false)
        try scratch.write(String(repeating: "k", count: 64), to: "key")
        for (mode, isTaken) in [(0o640, true), (0o600, true), (0o644, false), (0o604, false), (0o602, false)] {
            try scratch.setMode(mode, of: "key")
            #expect(((try? watched()) != nil) == isTaken, "\(mode)")
        }
    }

    @Test func `while it is bad the key from before counts, and the log says so once`() async throws {
        let file = try watched()
        let key = file.lastRead
        try scratch.write("short", to: "key")
        for _ in 0..<3 { #expect(await file.content() == key) }
        #expect(log.texts(.error).count == 1)
    }
}
