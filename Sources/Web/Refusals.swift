// SPDX-License-Identifier: GPL-2.0-or-later
import Documents
import HTTPTypes
import Hummingbird
import NIOCore
public import Serving
import Settings
import Synchronization

/// The faults for what is refused before anything is done for it, rendered once: to say no has to cost next to nothing.
public final class Refusals: Sendable {
    private struct Key: Hashable {
        let refusal: Refusal
        let view: View
    }

    /// A page around the places where the id of the request goes.
    private struct Template {
        let pieces: [ArraySlice<UInt8>]
        let contentType: String
        let policy: ContentPolicy

        init(_ rendering: Renderer.Rendering) {
            pieces = rendering.bytes.split(separator: Array(Refusals.placeholder.utf8), omittingEmptySubsequences: false)
            contentType = rendering.contentType
            policy = rendering.policy
        }

        func bytes(id: String) -> [UInt8] { Array(pieces.joined(separator: Array(id.utf8))) }
    }

    private static let placeholder = "00000000-0000-0000-0000-000000000000"
    private static let views: [View] = [.html, .json, .xml]

    let headers: ResponseHeaders
    private let renderer: Renderer
    private let limits: Limits
    private let surroundings: Surroundings
    private let templates = Mutex<[Key: Template]>([:])

    init(renderer: Renderer, limits: Limits, headers: ResponseHeaders, surroundings: Surroundings) {
        self.renderer = renderer
        self.limits = limits
        self.headers = headers
        self.surroundings = surroundings
    }

    /// Renders them. One that does not render is XML.
    public func prepare() async {
        for refusal in Refusal.allCases {
            for view in Self.views {
                guard let rendering = try? await renderer.render(document(refusal, id: Self.placeholder), root: "fault", as: view) else { continue }
                templates.withLock { $0[Key(refusal: refusal, view: view)] = Template(rendering) }
            }
        }
    }

    /// All of an answer.
    public func answer(_ refusal: Refusal, accept: String?, id: String) -> PreparedAnswer {
        let content = content(refusal, accept: accept, id: id)
        var fields =
            headers.all.map { (name: $0.0.rawName, value: $0.1) } + [
                ("Content-Type", content.contentType), ("Content-Security-Policy", content.policy.rawValue), ("X-Request-Id", id),
            ]
        if let seconds = refusal.retryAfter { fields.append(("Retry-After", String(seconds))) }
        return PreparedAnswer(status: refusal.status, headers: fields, body: content.bytes)
    }

    /// The same, but for what the responder adds to each.
    func response(_ refusal: Refusal, to request: Request, id: String) -> Response {
        let content = content(refusal, accept: request.headers[values: .accept].joined(separator: ", "), id: id)
        var fields: HTTPFields = [.contentType: content.contentType, .contentSecurityPolicy: content.policy.rawValue]
        if let seconds = refusal.retryAfter { fields[.retryAfter] = String(seconds) }
        return Response(status: .init(code: refusal.status), headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: content.bytes)))
    }

    private func content(_ refusal: Refusal, accept: String?, id: String) -> Renderer.Rendering {
        let view = Accept(accept).view
        guard let template = templates.withLock({ $0[Key(refusal: refusal, view: view)] }) else {
            return .init(bytes: document(refusal, id: id), contentType: "application/xml; charset=utf-8")
        }
        return .init(bytes: template.bytes(id: id), contentType: template.contentType, policy: template.policy)
    }

    private func document(_ refusal: Refusal, id: String) -> [UInt8] {
        Fault(refusal, limits: limits).bytes(id: id, page: nil, in: surroundings)
    }
}
