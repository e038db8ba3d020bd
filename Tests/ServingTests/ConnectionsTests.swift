// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@testable import Serving

@Suite struct ConnectionsTests {
    private let connections = Connections(limit: 5, perAddress: 2, trusted: [AddressRange("10.0.0.9/32")].compactMap(\.self), metrics: .unseen)

    private func address(_ text: String) -> IPAddress? { IPAddress(text) }

    @Test func `one address has its share, and another has its own`() {
        #expect(connections.enter(from: address("10.0.0.1")) == nil)
        #expect(connections.enter(from: address("10.0.0.1")) == nil)
        #expect(connections.enter(from: address("10.0.0.1")) == .connectionsPerAddress)
        #expect(connections.enter(from: address("10.0.0.2")) == nil)
        connections.leave(from: address("10.0.0.1"))
        #expect(connections.enter(from: address("10.0.0.1")) == nil)
    }

    @Test func `a network of 64 bits is one address, and one of IPv4 is itself however it is written`() {
        #expect(connections.enter(from: address("fd00:1::1")) == nil)
        #expect(connections.enter(from: address("fd00:1::ffff:1")) == nil)
        #expect(connections.enter(from: address("fd00:1::2")) == .connectionsPerAddress)
        #expect(connections.enter(from: address("::ffff:10.0.0.1")) == nil)
        #expect(connections.enter(from: address("::ffff:10.0.0.2")) == nil)
        #expect(connections.enter(from: address("10.0.0.1")) == nil)
        #expect(connections.enter(from: address("10.0.0.1")) == .connections)
    }

    @Test func `a trusted proxy has as many as there are`() {
        for _ in 0..<5 { #expect(connections.enter(from: address("::ffff:10.0.0.9")) == nil) }
        #expect(connections.enter(from: address("10.0.0.9")) == .connections)
    }

    @Test func `nothing is left of those that have gone`() {
        for text in ["10.0.0.1", "10.0.0.2", "fd00::1"] { #expect(connections.enter(from: address(text)) == nil) }
        #expect(connections.enter(from: nil) == nil)
        #expect(connections.count == 4)
        for text in ["10.0.0.1", "10.0.0.2", "fd00::1"] { connections.leave(from: address(text)) }
        #expect(!connections.isEmpty)
        connections.leave(from: nil)
        #expect(connections.isEmpty)
    }

    @Test func `not all who are refused may stay`() {
        for _ in 0..<Connections.lingering { #expect(connections.beginLingering()) }
        #expect(!connections.beginLingering())
        connections.endLingering()
        #expect(connections.beginLingering())
    }
}
