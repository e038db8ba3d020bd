// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@testable import Authentication

@Suite struct AttemptsTests {
    private let clock = Clock()
    private let attempts: Attempts

    init() { attempts = Attempts { [clock] in clock.now } }

    private func fail(_ name: String, _ address: String, times: Int = 1) {
        for _ in 0..<times { attempts.fail(Attempts.account(name), IPAddress(address)) }
    }

    private func wait(_ name: String, _ address: String) -> Int? { attempts.wait(Attempts.account(name), IPAddress(address)) }

    @Test func `an account waits wherever it is tried from, and an address whatever is tried from it`() {
        fail("anna", "192.0.2.1", times: 6)
        #expect(wait("anna", "198.51.100.1") == 2 && wait("bert", "192.0.2.1") == 2 && wait("bert", "198.51.100.1") == nil)
        clock.pass(.milliseconds(1500))
        #expect(wait("anna", "198.51.100.1") == 1)
        clock.pass(.milliseconds(500))
        #expect(wait("anna", "192.0.2.1") == nil)
    }

    @Test func `an account waits a minute at most, and an address a quarter of an hour`() {
        fail("anna", "192.0.2.1", times: 40)
        #expect(wait("anna", "198.51.100.1") == 60 && wait("bert", "192.0.2.1") == 900)
    }

    @Test func `a success forgives the account all and its address half`() {
        fail("anna", "192.0.2.1", times: 10)
        clock.pass(.seconds(32))
        #expect(attempts.begin(Attempts.account("anna"), IPAddress("192.0.2.1")) == nil)
        attempts.end(Attempts.account("anna"), IPAddress("192.0.2.1"), failed: false)
        fail("anna", "198.51.100.1", times: 4)
        #expect(wait("anna", "203.0.113.1") == nil)
        clock.pass(.seconds(1))
        fail("bert", "192.0.2.1")
        #expect(wait("carol", "192.0.2.1") == 2)
    }

    @Test func `names are told apart by their bytes`() {
        fail("\u{E9}", "192.0.2.1", times: 5)
        #expect(wait("\u{E9}", "198.51.100.1") == 1 && wait("e\u{301}", "198.51.100.1") == nil)
        fail("K", "192.0.2.9", times: 5)
        #expect(wait("\u{212A}", "198.51.100.1") == nil)
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("2001:db8::1", "2001:db8::ffff:1", true),
        ("2001:db8::1", "2001:db8:0:1::1", false), ("::ffff:192.0.2.1", "192.0.2.1", true), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false),
    ])
    func `an address of IPv6 stands for its network`(one: String, other: String, isOne: Bool) {
        fail("anna", one, times: 5)
        #expect((wait("bert", other) != nil) == isOne)
    }

    @Test func `what comes from no address is counted by its account`() {
        for _ in 0..<5 { attempts.fail(Attempts.account("anna"), nil) }
        #expect(attempts.wait(Attempts.account("anna"), nil) == 1 && attempts.wait(Attempts.account("bert"), nil) == nil)
    }
}
