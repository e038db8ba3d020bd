// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Authentication

@Suite struct BackoffTests {
    private let start = ContinuousClock.now

    private func backoff(slack: Int = 0, longest: Duration = .seconds(60), capacity: Int = 10_000) -> Backoff<String> {
        Backoff(.init(slack: slack, longest: longest, capacity: capacity))
    }

    @Test func `five failures are free, and each further one doubles the wait up to the longest`() {
        var backoff = backoff()
        var now = start
        for _ in 0..<5 {
            #expect(backoff.wait("anna", at: now) == nil)
            backoff.fail("anna", at: now)
        }
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            #expect(backoff.wait("anna", at: now) == .seconds(seconds))
            now += .seconds(seconds) - .milliseconds(1)
            #expect(backoff.wait("anna", at: now) == .milliseconds(1))
            now += .milliseconds(1)
            #expect(backoff.wait("anna", at: now) == nil)
            backoff.fail("anna", at: now)
        }
        #expect(backoff.wait("bert", at: now) == nil)
    }

    @Test func `a count is forgotten after a quarter of an hour without a failure`() {
        var backoff = backoff(longest: .seconds(3600))
        for _ in 0..<30 { backoff.fail("anna", at: start) }
        #expect(backoff.wait("anna", at: start + .seconds(899)) != nil)
        #expect(backoff.wait("anna", at: start + .seconds(900)) == nil)
        backoff.fail("anna", at: start + .seconds(900))
        #expect(backoff.wait("anna", at: start + .seconds(900)) == nil)
    }

    @Test func `tries that are made at once are no more than those that are made one after the other`() {
        var backoff = backoff()
        for _ in 0..<5 {
            #expect(backoff.wait("anna", at: start) == nil)
            backoff.begin("anna", at: start)
        }
        #expect(backoff.wait("anna", at: start) == .seconds(1))
        for _ in 0..<5 { backoff.end("anna", failed: true, at: start) { _ in } }
        #expect(backoff.wait("anna", at: start + .seconds(1)) == nil)
        backoff.begin("anna", at: start + .seconds(1))
        #expect(backoff.wait("anna", at: start + .seconds(1)) == .seconds(1))
        backoff.end("anna", failed: nil, at: start + .seconds(1)) { _ in }
        #expect(backoff.wait("anna", at: start + .seconds(1)) == nil)
    }

    @Test func `slack lets more be under way while nobody has to wait`() {
        var backoff = backoff(slack: 16)
        for _ in 0..<20 { backoff.begin("here", at: start) }
        #expect(backoff.wait("here", at: start) == nil)
        backoff.begin("here", at: start)
        #expect(backoff.wait("here", at: start) == .seconds(1))
        for _ in 0..<21 { backoff.end("here", failed: false, at: start) { $0 = 0 } }
        #expect(backoff.wait("here", at: start) == nil && backoff.count == 0)
    }

    @Test func `a success makes of the count what it is told to`() {
        var backoff = backoff()
        for _ in 0..<8 { backoff.fail("here", at: start) }
        backoff.begin("here", at: start)
        backoff.end("here", failed: false, at: start) { $0 /= 2 }
        #expect(backoff.wait("here", at: start) == nil)
        backoff.fail("here", at: start)
        #expect(backoff.wait("here", at: start) == .seconds(1))
    }

    @Test func `of too many the oldest is forgotten`() {
        var backoff = backoff(capacity: 100)
        for index in 0..<1000 {
            for _ in 0..<6 { backoff.fail("\(index)", at: start + .milliseconds(index)) }
            #expect(backoff.count <= 100)
        }
        #expect(backoff.wait("0", at: start + .seconds(1)) == nil && backoff.wait("999", at: start + .seconds(1)) != nil)
    }
}
