// SPDX-License-Identifier: GPL-2.0-or-later
import Settings

/// Which sender may have something changed: a page of ours, or what is no browser.
struct SenderPolicy {
    /// The host that the request names.
    let host: PublicHost
    /// Whether the request came by TLS, as far as that is known.
    let isSecure: Bool
    /// Whether the host is a configured one. A proxy that is not trusted may stand before it, and speak TLS.
    let isConfigured: Bool

    /// Why a request is not taken, as a sentence; nil if it is.
    /// - Parameters:
    ///   - origins: its `Origin` fields.
    ///   - sites: its `Sec-Fetch-Site` fields.
    ///   - byCookie: whether nothing but a cookie tells who sent it, which a browser adds by itself.
    func refusal(origins: [String], sites: [String], byCookie: Bool) -> String? {
        guard origins.count <= 1, origins.allSatisfy(isOwn), sites.allSatisfy({ $0 == "same-origin" }) else {
            return "The form was sent by another site, so it was not taken."
        }
        guard !byCookie || !origins.isEmpty || !sites.isEmpty else {
            return "The request bears a cookie and does not say which site sent it, so it was not taken."
        }
        return nil
    }

    private func isOwn(_ origin: String) -> Bool {
        let ports = ["http": 80, "https": 443]
        let schemes = isSecure ? ["https"] : isConfigured ? ["http", "https"] : ["http"]
        guard let scheme = schemes.first(where: { origin.hasPrefix("\($0)://") }) else { return false }
        guard let sender = PublicHost(String(origin.dropFirst(scheme.utf8.count + 3))) else { return false }
        return sender.name == host.name && (sender.port ?? ports[scheme]) == (host.port ?? ports[scheme])
    }
}
