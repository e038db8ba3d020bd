// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Avahi

@Suite struct EventQueueTests {
    private func key(_ name: String) -> Service.Key { Service.Key(interface: 2, version: .ipv4, name: name, type: "_domu._tcp", domain: "local") }

    private func service(_ name: String, port: UInt16 = 0) -> Service {
        Service(key: key(name), hostName: "node1.local", address: "10.0.0.1", port: port, text: [])
    }

    @Test func `events come in their order, and once`() {
        var queue = EventQueue()
        queue.found(service("a"))
        queue.found(service("b"))
        #expect(queue.next() == .appeared(service("a")))
        #expect(queue.next() == .appeared(service("b")))
        #expect(queue.next() == nil)
    }

    @Test func `what changes before it was read appears as it is now`() {
        var queue = EventQueue()
        queue.found(service("a"))
        queue.found(service("a", port: 1))
        #expect(queue.next() == .appeared(service("a", port: 1)))
        queue.found(service("a", port: 2))
        queue.found(service("a", port: 3))
        #expect(queue.next() == .changed(service("a", port: 3)))
        #expect(queue.next() == nil)
    }

    @Test func `what went before it was read was never there`() {
        var queue = EventQueue()
        queue.found(service("a"))
        queue.went(key("a"))
        #expect(queue.next() == nil)
    }

    @Test func `what was read goes, and may come back`() {
        var queue = EventQueue()
        queue.found(service("a"))
        _ = queue.next()
        queue.went(key("a"))
        #expect(queue.next() == .went(key("a")))
        queue.found(service("a"))
        #expect(queue.next() == .appeared(service("a")))
        queue.went(key("a"))
        queue.found(service("a", port: 4))
        #expect(queue.next() == .changed(service("a", port: 4)))
    }

    @Test func `a reset comes first, and stands for all that went`() {
        var queue = EventQueue()
        queue.reset()
        #expect(queue.next() == nil, "nothing was told, so nothing is taken back")
        queue.found(service("a"))
        _ = queue.next()
        queue.found(service("b"))
        queue.reset()
        queue.found(service("c"))
        #expect(queue.next() == .reset)
        #expect(queue.next() == .appeared(service("c")))
        #expect(queue.next() == nil)
    }

    @Test func `a reader who never reads costs no more than there is`() {
        var queue = EventQueue()
        for round in 0..<20_000 {
            queue.found(service("flood \(round)"))
            queue.found(service("steady", port: UInt16(round)))
            queue.went(key("flood \(round)"))
        }
        #expect(queue.count == 1)
        #expect(queue.backlog < 200)
        #expect(queue.next() == .appeared(service("steady", port: 19_999)))
    }
}
