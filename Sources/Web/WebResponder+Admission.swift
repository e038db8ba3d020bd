// SPDX-License-Identifier: GPL-2.0-or-later
import Access
public import Addresses
import Authentication
import Documents
import HTTPTypes
import Hummingbird
import Logging
public import Serving
import Settings

/// What is asked before anything is done for a request.
extension WebResponder {
    /// The answer, in the slot that the request has; or that there is none for a caller who turns out to have too many.
    func admitted(_ request: Request, from peer: Peer, context: Context, id: String, log: Logger) async -> Response {
        // Who is gone hears nothing.
        guard let slot = door.slots.claim(context.channel) else { return Response(status: .serviceUnavailable) }
        defer { slot.release() }
        do throws(Refusal) {
            return try await answer(request, from: peer, context: context, in: slot, id: id, log: log)
        } catch {
            return refusals.response(error, to: request, id: id)
        }
    }

    func requestTarget(of request: Request) throws(PathError) -> RequestTarget {
        try RequestTarget(
            request.head.path ?? "/", maximumLength: settings.limits.line.value, maximumFields: settings.limits.parameters.value)
    }

    /// The body of a POST. It is read also of a request that is refused, as who is still sending when the connection closes never sees
    /// the answer, but nothing of it is kept; who asks before he sends is told at once, and sends nothing.
    /// - Parameter isDoor: whether somebody unknown may send it, and so little.
    func body(
        of request: Request, to host: Result<PublicHost, Fault>, from known: Result<Sender, Fault>, at target: RequestTarget?, isDoor: Bool,
        _ proofs: Proofs, accept: Accept, context: Context, slot: RequestSlot
    ) async throws -> PostBody {
        guard request.method == .post else { return .empty }
        let limit = (isDoor ? doorLimits : settings.limits).body.value
        if request.headers[.expect] != nil {
            let sender = try known.get()
            if let target {
                _ = try AskedRequest(
                    request: request, body: .empty, target: target, accept: accept, rendering: settings.rendering.value, sender: sender,
                    proofs: proofs
                )
            }
            try admit(sender, of: request, to: try host.get(), isSecure: proofs.isSecure)
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
                throw Fault(413, "The body is larger than \(limit) bytes.")
            }
        }
        // Meanwhile somebody else is answered: it comes as slowly as the client likes.
        do throws(Refusal) { try slot.beginReading() } catch { throw Fault(error) }
        BodyDemand.announce(on: context.channel)
        let body = try await PostBody(reading: request.body, limit: (try? known.get()) == nil ? 0 : limit)
        do throws(Refusal) { try slot.endReading() } catch { throw Fault(error) }
        return body
    }
}

extension WebResponder: FrontDesk {
    public func answer(to refusal: Refusal, accept: String?) -> PreparedAnswer {
        let id = RequestIdentifier.make()
        let answer = refusals.answer(refusal, accept: accept, id: id)
        // With more requests than can be answered, each would be told of once more.
        log.log(
            level: refusal.status == 503 ? .debug : .info, "refused",
            metadata: ["request": "\(id)", "reason": "\(refusal.rawValue)", "status": "\(answer.status)"])
        return answer
    }

    public func client(of connection: IPAddress?, forwardedFor: [String]) -> IPAddress? {
        Peer.address(of: connection?.unmapped, forwardedFor: forwardedFor, trusted: settings.trustedProxies.value)
    }

    public func isWatched(_ target: String) -> Bool { target == "/health" || target.hasPrefix("/health?") }
}
