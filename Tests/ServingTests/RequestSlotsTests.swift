// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import NIOEmbedded
import Testing

@testable import Serving

@Suite struct RequestSlotsTests {
    private let slots = RequestSlots(limit: 4, perCaller: 2, metrics: .unseen)
    private let one = IPAddress("10.0.0.1")
    private let two = IPAddress("10.0.0.2")
    private let three = IPAddress("10.0.0.3")

    @Test func `a caller has his share, and all together theirs`() throws {
        let held = [try slots.take(from: one), try slots.take(from: one)]
        #expect(throws: Refusal.requestsPerCaller) { try slots.take(from: one) }
        let others = [try slots.take(from: two), try slots.take(from: two)]
        #expect(throws: Refusal.requests) { try slots.take(from: three) }
        for slot in held + others { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `a user has his share from wherever he comes, and none of his address's`() throws {
        let first = try slots.take(from: one)
        let second = try slots.take(from: two)
        try first.belong(to: "anna")
        try second.belong(to: "anna")
        let third = try slots.take(from: one)
        #expect(throws: Refusal.requestsPerCaller) { try third.belong(to: "anna") }
        // It counts as the address's still.
        let fourth = try slots.take(from: one)
        for slot in [first, second, third, fourth] { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `names that only look the same are two`() throws {
        let held = try ["K", "K", "\u{212A}"].map { name in
            let slot = try slots.take(from: nil)
            try slot.belong(to: name)
            return slot
        }
        for slot in held { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `who watches is answered when the server is full, and not without end`() throws {
        var held = [try slots.take(from: one), try slots.take(from: one), try slots.take(from: two), try slots.take(from: two)]
        for _ in 0..<RequestSlots.reserve { held.append(try slots.take(from: one, isWatching: true)) }
        #expect(throws: Refusal.requests) { try slots.take(from: three, isWatching: true) }
        for slot in held { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `a slot is released once, and by being forgotten too`() throws {
        do {
            let slot = try slots.take(from: one)
            slot.release()
            slot.release()
            _ = try slots.take(from: one)
        }
        #expect(slots.isEmpty)
    }

    @Test func `another one may be answered while a body is waited for, but not of the same caller`() throws {
        let held = [try slots.take(from: one), try slots.take(from: one), try slots.take(from: two), try slots.take(from: two)]
        try held[0].beginReading()
        #expect(throws: Refusal.requestsPerCaller) { try slots.take(from: one) }
        let other = try slots.take(from: three)
        #expect(throws: Refusal.requests) { try held[0].endReading() }
        other.release()
        try held[0].endReading()
        #expect(throws: Refusal.requests) { try slots.take(from: three) }
        try held[1].beginReading()
        for slot in held { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `not any number of bodies is waited for`() throws {
        var held: [RequestSlot] = []
        for number in 0..<RequestSlots.readers * 4 {
            held.append(try slots.take(from: IPAddress("10.1.0.\(number)")))
            try held[number].beginReading()
        }
        let last = try slots.take(from: one)
        #expect(throws: Refusal.requests) { try last.beginReading() }
        last.release()
        for slot in held { slot.release() }
        #expect(slots.isEmpty)
    }

    @Test func `a slot is claimed once, for its connection`() throws {
        let channel = EmbeddedChannel(), other = EmbeddedChannel()
        slots.keep(try slots.take(from: one), for: channel)
        #expect(slots.claim(other) == nil)
        #expect(slots.claim(channel) != nil)
        #expect(slots.claim(channel) == nil)
        #expect(slots.isEmpty)
        _ = try channel.finish()
        _ = try other.finish()
    }
}
