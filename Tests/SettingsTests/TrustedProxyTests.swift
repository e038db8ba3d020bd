// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Testing

@testable import Settings

@Suite struct TrustedProxyTests {
    private func proxies(_ texts: [String]) throws -> [String] {
        var flags = Flags()
        flags.trustedProxies = texts
        return try EffectiveSettings(flags: flags, environment: [:], permissions: []).trustedProxies.value.map(\.description)
    }

    @Test func `an address stands for itself alone, and a network for all that are in it`() throws {
        #expect(try proxies(["192.0.2.1", "::1", "10.0.0.0/8"]) == ["192.0.2.1/32", "::1/128", "10.0.0.0/8"])
    }

    @Test(arguments: ["", "proxy", "192.0.2.1/33", "10.0.0.1/8", "fe80::1%eth0", "192.0.2"])
    func `anything else is refused`(text: String) { #expect(throws: SettingsError.self) { try proxies([text]) } }

    @Test func `what only a server needs together is not asked for elsewhere`() throws {
        var flags = Flags()
        flags.tokens = "tokens"
        #expect(throws: SettingsError.self) { try EffectiveSettings(flags: flags, environment: [:], permissions: []) }
        #expect(try EffectiveSettings(flags: flags, environment: [:], permissions: [], isServed: false).tokens.value == "tokens")
    }
}
