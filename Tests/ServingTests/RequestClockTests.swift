// SPDX-License-Identifier: GPL-2.0-or-later
import NIOCore
import Testing

@testable import Serving

@Suite struct RequestClockTests {
    private static let times = RequestClock.Times(head: .seconds(10), request: .seconds(30), idle: .seconds(20))

    private func second(_ number: Double) -> NIODeadline { .uptimeNanoseconds(1_000_000_000_000) + .milliseconds(Int64(number * 1000)) }
    private func clock(isSecure: Bool = false) -> RequestClock { RequestClock(Self.times, isSecure: isSecure, now: second(0)) }

    @Test func `a handshake has the time of a head`() {
        var clock = clock(isSecure: true)
        #expect(clock.verdict(unwritten: 0, second(9.9)) == .wait(second(10)))
        #expect(clock.verdict(unwritten: 0, second(10)) == .close)
    }

    @Test func `a connection without a request ends when it was idle`() {
        var clock = clock()
        #expect(clock.verdict(unwritten: 0, second(19)) == .wait(second(20)))
        #expect(clock.verdict(unwritten: 0, second(20)) == .close)
    }

    @Test func `a head has its time from the first byte, however many follow`() {
        var clock = clock()
        for number in [15, 18, 24.9] { clock.received(second(number)) }
        #expect(clock.verdict(unwritten: 0, second(24.9)) == .wait(second(25)))
        #expect(clock.verdict(unwritten: 0, second(25)) == .refuse(.headTime))
    }

    @Test func `a request has its time from the first byte, and bytes do not renew it`() {
        var clock = clock()
        clock.received(second(1))
        clock.turn(.body, second(5))
        for number in 6..<31 { clock.received(second(Double(number))) }
        #expect(clock.verdict(unwritten: 0, second(30.5)) == .wait(second(31)))
        #expect(clock.verdict(unwritten: 0, second(31)) == .refuse(.requestTime))
    }

    @Test func `a body of which nothing comes any more ends when it was idle`() {
        var clock = clock()
        clock.received(second(1))
        clock.turn(.body, second(1))
        #expect(clock.verdict(unwritten: 0, second(21)) == .refuse(.requestTime))
    }

    @Test func `an answer may take as long as it takes`() {
        var clock = clock()
        clock.received(second(1))
        clock.turn(.answering, second(1))
        #expect(clock.verdict(unwritten: 0, second(10_000)) == .wait(second(10_005)))
    }

    @Test func `who reads nothing is cut off, and who reads slowly is not`() {
        var clock = clock()
        clock.turn(.answering, second(0))
        for number in 1..<100 { #expect(clock.verdict(unwritten: 1_000_000 - number * 2_000, second(Double(number))) != .close) }
        #expect(clock.verdict(unwritten: 802_000, second(108)) != .close)
        #expect(clock.verdict(unwritten: 802_000, second(119)) == .close)
    }

    @Test func `a second request that is here already has the whole time`() {
        var clock = clock()
        clock.received(second(0))
        clock.turn(.answering, second(0))
        clock.turn(.waiting, second(50))
        clock.turn(.head, second(50))
        #expect(clock.verdict(unwritten: 0, second(59)) == .wait(second(60)))
    }

    @Test func `who reads a byte now and then does not count as reading`() {
        var clock = clock()
        clock.turn(.answering, second(0))
        for number in 0..<20 { #expect(clock.verdict(unwritten: 1_000_000 - number, second(Double(number))) != .close) }
        #expect(clock.verdict(unwritten: 999_000, second(20)) == .close)
    }

    @Test func `a last answer is waited for as long as it is read, and then the end comes soon`() {
        var clock = clock()
        clock.turn(.finishing, second(0))
        for number in 1..<40 { #expect(clock.verdict(unwritten: 4_000_000 - number * 30_000, second(Double(number))) != .close) }
        #expect(clock.verdict(unwritten: 2_830_000, second(50)) != .close)
        #expect(clock.verdict(unwritten: 2_830_000, second(60)) == .close)
        clock.turn(.closing, second(60))
        #expect(clock.verdict(unwritten: 0, second(61)) != .close)
        #expect(clock.verdict(unwritten: 0, second(62)) == .close)
    }

    @Test func `the end comes soon`() {
        var clock = clock()
        clock.turn(.closing, second(5))
        #expect(clock.verdict(unwritten: 0, second(7)) == .close)
    }
}
