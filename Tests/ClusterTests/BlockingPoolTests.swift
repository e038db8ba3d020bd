// SPDX-License-Identifier: GPL-2.0-or-later
import Cluster
import Testing

@Suite struct BlockingPoolTests {
    private struct Broken: Error, Equatable {}

    @Test func `a call gives its result`() async throws {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        #expect(try await pool.run(within: .seconds(60)) { 42 } == 42)
    }

    @Test func `a call throws its error`() async {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        await #expect(throws: Broken()) { try await pool.run(within: .seconds(60)) { throw Broken() } }
    }

    @Test func `a call that runs at the deadline is unanswered`() async throws {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        let latch = Latch()
        await #expect(throws: CallError.unanswered) { try await pool.run(within: .seconds(2)) { latch.hang() } }
        latch.open()
        #expect(try await pool.run(within: .seconds(60)) { 1 } == 1)
    }

    @Test func `a call that is queued at the deadline never begins`() async throws {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        let (latch, flag) = (Latch(), Flag())
        async let first: Void = pool.run(within: .seconds(60)) { latch.hang() }
        await latch.haveBegun(1)
        await #expect(throws: CallError.notStarted) { try await pool.run(within: .milliseconds(20)) { flag.set() } }
        latch.open()
        try await first
        try await pool.run(within: .seconds(60)) {}
        #expect(!flag.isSet)
    }

    @Test func `a cancelled call that runs is unanswered`() async {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        let latch = Latch()
        let task = Task { try await pool.run(within: .seconds(60)) { latch.hang() } }
        await latch.haveBegun(1)
        task.cancel()
        await #expect(throws: CallError.unanswered) { try await task.value }
        latch.open()
    }

    @Test func `a call of a cancelled task never begins`() async throws {
        let pool = BlockingPool(threads: 1)
        defer { pool.shutdown() }
        let flag = Flag()
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            try await pool.run(within: .seconds(60)) { flag.set() }
        }
        await #expect(throws: CallError.notStarted) { try await task.value }
        try await pool.run(within: .seconds(60)) {}
        #expect(!flag.isSet)
    }

    @Test func `many calls at once each give their own result`() async throws {
        let pool = BlockingPool(threads: 4)
        defer { pool.shutdown() }
        let results = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<500 { group.addTask { (number, try await pool.run(within: .seconds(60)) { number * number }) } }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(results == Dictionary(uniqueKeysWithValues: (0..<500).map { ($0, $0 * $0) }))
    }
}
