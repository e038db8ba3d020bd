// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

extension DiscoverySettings {
    /// - Parameter pools: the names of those that there are.
    init(_ value: YAMLValue, pools: Set<String>) throws(SettingsError) {
        let values = try value.mapping(["keep", "allow"])
        if let given = values["keep"] { keep = Setting(try given.wholeNumber(in: 0...604_800), .file) }
        for rule in try values["allow"]?.list(of: "discovery: allow") ?? [] { rules.append(try Rule(rule, pools: pools)) }
    }
}

extension DiscoverySettings.Rule {
    init(_ value: YAMLValue, pools: Set<String>) throws(SettingsError) {
        let values = try value.mapping(["name", "network", "ca", "transport", "tls", "pool"])
        name = try values["name"]?.namePattern()
        network = try values["network"]?.addressRange()
        authority = try values["ca"]?.readableFile()
        guard name != nil || network != nil || authority != nil else {
            throw SettingsError("\(value.place)This rule fits every host: it has a name, a network or a ca. --trust-network is what allows all.")
        }
        transport = try values["transport"]?.given().choice().value ?? .tls
        tls = try values["tls"].map { (value) throws(SettingsError) in try HostConfiguration.TLS(value) } ?? HostConfiguration.TLS()
        if transport == .tcp, let given = values["ca"] ?? values["tls"] {
            throw given.error("is for the transport tls; with tcp there is no certificate.")
        }
        if let authority {
            if tls.authority != nil { throw (values["tls"] ?? value).error("has a ca, and so has the rule; one of them is enough.") }
            tls.authority = authority
        }
        pool = try values["pool"]?.pool(among: pools)
    }
}

extension YAMLValue {
    fileprivate func namePattern() throws(SettingsError) -> NamePattern {
        let text = try text()
        guard let pattern = NamePattern(text) else {
            throw error("is a host name, in which * stands for any text, such as node*.example.org; this is \u{201C}\(text)\u{201D}.")
        }
        return pattern
    }

    fileprivate func addressRange() throws(SettingsError) -> AddressRange {
        let text = try text()
        guard let range = AddressRange(text) else {
            throw error("is a network, such as 10.77.0.0/24 or fd00:77::/64, with no bit set behind its length; this is \u{201C}\(text)\u{201D}.")
        }
        return range
    }

    /// The name of a pool that there is.
    func pool(among pools: Set<String>) throws(SettingsError) -> String {
        let name = try text()
        guard pools.contains(name) else { throw error("is one of pools; there is none of the name \u{201C}\(name)\u{201D}.") }
        return name
    }
}
