// SPDX-License-Identifier: GPL-2.0-or-later

/// The flags that say whether a change is for the running object, for its stored configuration, or for both.
public struct Impact: Hashable, Sendable {
    public let live: String
    public let config: String

    static let domain = Impact(live: "VIR_DOMAIN_AFFECT_LIVE", config: "VIR_DOMAIN_AFFECT_CONFIG")
    static let network = Impact(live: "VIR_NETWORK_UPDATE_AFFECT_LIVE", config: "VIR_NETWORK_UPDATE_AFFECT_CONFIG")

    /// What people mean who do not say: all that there is of the object, so that a change holds now and after the next start.
    public func usual(isActive: Bool, isPersistent: Bool) -> [String] {
        (isActive ? [live] : []) + (isPersistent ? [config] : [])
    }
}
