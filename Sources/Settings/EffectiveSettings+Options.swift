// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Foundation
import Logging

extension EffectiveSettings {
    /// An option as pages show it: its name is that of the flag and of the file's key.
    public struct Option: Hashable, Sendable {
        public let name: String
        /// None where there is no default either.
        public let values: [String]
        public let origin: Origin
    }

    /// All options, in the order of the manual. URIs may hold secrets.
    public var options: [Option] {
        [
            option("config", file) { $0.map { [$0] } ?? [] },
            option("listen", listen) { [$0.description] },
            option("connect", connect) { $0 },
            option("discover", discovers) { [String($0)] },
            option("trust-network", trustsNetwork) { [String($0)] },
            option("visibility", visibility) { [$0.rawValue] },
            option("users", users) { $0.map { [$0] } ?? [] },
            option("tokens", tokens) { $0.map { [$0] } ?? [] },
            option("session-key", sessionKey) { $0.map { [$0] } ?? [] },
            option("session-lifetime", sessionLifetime) { [String($0)] },
            option("audit", audit) { [$0.description] },
            option("public-host", publicHosts) { $0.map(\.description) },
            option("trusted-proxy", trustedProxies) { $0.map(\.description) },
            option("tls-certificate", tlsCertificate) { $0.map { [$0] } ?? [] },
            option("tls-key", tlsKey) { $0.map { [$0] } ?? [] },
            option("access", access) { [$0.rawValue] },
            option("insecure", isInsecure) { [String($0)] },
            option("stylesheets", stylesheets) { $0.map { [$0.path] } ?? [] },
            option("render", rendering) { [$0.rawValue] },
            option("log-level", logLevel) { [$0.rawValue] },
        ]
    }

    private func option<Value>(_ name: String, _ setting: Setting<Value>, _ texts: (Value) -> [String]) -> Option {
        Option(name: name, values: texts(setting.value), origin: setting.origin)
    }
}
