// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Testing

@testable import Cluster

@Suite struct DoubtsTests {
    private static func uuid(_ number: Int) throws -> UUID {
        let digits = String(number, radix: 16)
        return try #require(UUID("00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - digits.count) + digits))
    }

    @Test func `a domain is read again and again, and then no more`() throws {
        var doubts = Doubts()
        #expect(doubts.isEmpty && doubts.take().isEmpty)
        let uuid = try Self.uuid(1)
        doubts.insert(uuid)
        for _ in 0..<59 { #expect(doubts.take().domains[uuid] == .all) }
        #expect(!doubts.isEmpty)
        _ = doubts.take()
        #expect(doubts.isEmpty)
    }

    @Test func `when the host is back it begins anew`() throws {
        var doubts = Doubts()
        let uuid = try Self.uuid(1)
        doubts.insert(uuid)
        for _ in 0..<50 { _ = doubts.take() }
        doubts.renew()
        for _ in 0..<59 { _ = doubts.take() }
        #expect(!doubts.isEmpty)
    }

    @Test func `there are not any number of them`() throws {
        var doubts = Doubts()
        for number in 0..<300 { doubts.insert(try Self.uuid(number)) }
        #expect(doubts.take().domains.count == 256)
    }
}
