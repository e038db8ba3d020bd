// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Audit
import Authentication
import Cluster
import Documents
import HTTPTypes
import Hummingbird
import Operations
import Settings

/// Requests that their sender did not mean are refused before anything is asked or done.
extension WebResponder {
    /// The host that a request names. Throws a `Fault`: 400 if it is not one, 421 if it is none of ours.
    func admitHost(of request: Request, at own: IPAddress?) throws(Fault) -> PublicHost {
        let named = [request.head.authority].compactMap { $0 } + Self.fields("Host", of: request)
        do throws(HostRefusal) {
            return try hosts.host(named, Self.fields(HeadReader.field, of: request)) {
                $0.unmapped.bytes == own?.unmapped.bytes || addresses.contains($0)
            }
        } catch {
            var record = AuditRecord(.host, decision: .denied, reason: error.fault.message)
            record.host = error.name
            audit.note(record)
            throw error.fault
        }
    }

    /// Refuses what another site has a browser send.
    func admit(_ sender: Sender, of request: Request, to host: PublicHost, isSecure: Bool) throws(Fault) {
        let policy = SenderPolicy(host: host, isSecure: isSecure, isConfigured: hosts.isConfigured(host))
        let refusal = policy.refusal(
            origins: Self.fields("Origin", of: request), sites: Self.fields("Sec-Fetch-Site", of: request),
            byCookie: sender.authentication == .session)
        guard let refusal else { return }
        var record = AuditRecord(.denial, decision: .denied, reason: refusal)
        if let resource = (try? requestTarget(of: request)).flatMap({ Resource($0) }) { record.name(resource, in: operations.cluster.snapshot) }
        audit.note(record)
        throw Fault(403, refusal, advice: "Send it from a page of this server.")
    }

    private static func fields(_ name: String, of request: Request) -> [String] {
        HTTPField.Name(name).map { request.headers[values: $0] } ?? []
    }
}
