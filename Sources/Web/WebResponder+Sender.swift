// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Audit
import Authentication
import Documents
import Operations

extension WebResponder {
    /// What pages ask with: a browser would answer Basic by a window of its own, where there is a form on the page.
    private static let pageChallenge = "Bearer realm=\"handlervirt\""

    /// The values of `WWW-Authenticate`.
    func challenges(_ view: View) -> [String] {
        guard sessions != nil, view == .html || view == .raw else { return authenticator?.challenges ?? [] }
        return [Self.pageChallenge]
    }

    /// Who sent a request; or a `Fault`: 401 for who is not let in, 429 for who has to wait, 503 where it cannot be told now.
    func sender(_ proofs: Proofs, of resource: Resource?) async -> Result<Sender, Fault> {
        if resource?.isPublic == true { return .success(.anonymous) }
        // Everybody may come in and go out. Who has no good session there has none.
        let isDoor = resource?.isDoor == true
        let authentication = isDoor ? await sessions?.authenticate(proofs) : await authenticator?.authenticate(proofs)
        switch authentication ?? .anonymous {
        case .user(let identity):
            let caller = operations.gate.authority.caller(named: identity.name, bound: identity.bound)
            return .success(Sender(caller: caller, authentication: identity.scheme))
        case .anonymous where isDoor || operations.gate.visibility == .everyone: return .success(.anonymous)
        case .anonymous:
            return .failure(Fault(401, "Nobody is anonymous here: this server wants to know who asks.", advice: "Give a user's name and password."))
        case let other: return .failure(refusal(other))
        }
    }

    /// What is answered to who said that he is somebody, and did not show it. The audit is told.
    func refusal(_ authentication: Authentication) -> Fault {
        switch authentication {
        case .refused(let reason, let account):
            note(reason, account)
            return Fault(401, reason, advice: "Give a user's name and password.")
        case .throttled(let seconds):
            note("Too much was tried in vain.")
            return Fault(
                429, "Too much was tried in vain, so this was not even looked at.",
                advice: "Try again in \(seconds == 1 ? "a second" : "\(seconds) seconds").", retryAfter: seconds)
        case .overloaded, .anonymous, .user:
            return Fault(503, "Too many passwords are being verified, so this one was not.", advice: "Try again in a moment.", retryAfter: 1)
        }
    }

    private func note(_ reason: String, _ account: String? = nil) {
        var record = AuditRecord(.login, decision: .denied, reason: reason)
        if let account { record.parameters = [("user", account)] }
        audit.note(record)
    }
}
