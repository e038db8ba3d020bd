// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Cluster

@Suite struct BlockingCallTests {
    private struct Broken: Error, Equatable {}

    private static func run<Result: Sendable>(
        within time: Duration = .seconds(60), cut: @escaping @Sendable () -> Void = {}, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await BlockingCall.run(until: .now + time, cut: cut, body)
    }

    @Test func `a call gives its result`() async throws {
        #expect(try await Self.run { 42 } == 42)
    }

    @Test func `a call throws its error, and is not cut`() async {
        let flag = Flag()
        await #expect(throws: Broken()) { try await Self.run(cut: { flag.set() }) { throw Broken() } }
        #expect(!flag.isSet)
    }

    @Test func `who uses a connection beside a call that was given up waits until that has come back`() async throws {
        let turn = Turn(), latch = Latch(), second = Flag()
        await #expect(throws: CallError.unanswered) { try await Self.run(within: .milliseconds(100)) { turn.take { latch.hang() } } }
        await latch.haveBegun(1)
        async let other: Void = Self.run { turn.take { second.set() } }
        try await Task.sleep(for: .milliseconds(50))
        #expect(!second.isSet)
        latch.open()
        try await other
        #expect(second.isSet)
    }

    @Test func `a call that runs at the deadline is cut, and unanswered`() async throws {
        let latch = Latch()
        await #expect(throws: CallError.unanswered) { try await Self.run(within: .milliseconds(300), cut: { latch.open() }) { latch.hang() } }
        #expect(try await Self.run { 1 } == 1)
    }

    @Test func `calls that hang hold up no other`() async throws {
        let latch = Latch()
        let hung = (0..<20).map { _ in Task { try await Self.run { latch.hang() } } }
        await latch.haveBegun(20)
        #expect(try await Self.run { 1 } == 1)
        #expect(CallThreads.shared.count >= 20)
        latch.open(20)
        for task in hung { try await task.value }
    }

    @Test func `a cancelled call that runs is cut, and unanswered`() async {
        let latch = Latch()
        let task = Task { try await Self.run(cut: { latch.open() }) { latch.hang() } }
        await latch.haveBegun(1)
        task.cancel()
        await #expect(throws: CallError.unanswered) { try await task.value }
    }

    @Test func `a call of a cancelled task never begins`() async throws {
        let flag = Flag()
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await Self.run { flag.set() }
        }
        await #expect(throws: CallError.notStarted) { try await task.value }
        #expect(!flag.isSet)
    }

    @Test func `many calls at once each give their own result`() async throws {
        let results = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<500 { group.addTask { (number, try await Self.run { number * number }) } }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(results == Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, $0 * $0) }))
    }
}
