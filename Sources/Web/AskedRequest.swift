// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
import Authentication
import Commands
import Documents
import HTTPTypes
import Hummingbird
import Settings

/// A request that was understood: its method, target, resource and view.
struct AskedRequest {
    let request: Request
    /// Empty unless it is a POST.
    let body: PostBody
    let target: RequestTarget
    let resource: Resource
    let view: View
    let sender: Sender
    /// By what the sender was told.
    let proofs: Proofs
    /// Whether a person sits at the other end, who wants to see what a command changed.
    let isBrowser: Bool

    /// Whether a result that is a buffer is wanted as it is, without a document around it.
    let wantsBytes: Bool

    var caller: Caller { sender.caller }
    /// How the caller was told; nil for somebody unknown.
    var authentication: Identity.Scheme? { sender.authentication }
    var method: HTTPRequest.Method { request.method }
    var isPost: Bool { request.method == .post }

    /// Throws what a fault is made of: 404, 405, or an `ArgumentError` for an unknown view.
    init(
        request: Request, body: PostBody, target: RequestTarget, accept: Accept, rendering: Rendering, sender: Sender, proofs: Proofs
    ) throws {
        self.request = request
        self.body = body
        self.target = target
        guard let resource = Resource(target) else {
            throw Fault(404, "There is nothing at this address.", advice: "The list of virtual machines is a place to start from.")
        }
        self.resource = resource
        if let name = target.query("view"), View(rawValue: name) == nil {
            throw ArgumentError(parameter: "view", message: "It is one of: \(View.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        view = Self.view(of: target, accept: accept, rendering: rendering) ?? .xml
        isBrowser = accept.namesHTML && (target.query("view") == nil || view == .html || view == .raw)
        wantsBytes = accept.namesBytes && target.query("view") == nil
        self.sender = sender
        self.proofs = proofs
        try admitMethod()
    }

    /// The view that the URL names, or else the one that the client prefers. Nil if the URL names one that does not exist.
    static func view(of target: RequestTarget?, accept: Accept, rendering: Rendering) -> View? {
        if let name = target?.query("view") { return View(rawValue: name) }
        return accept.view == .html && rendering == .client ? .raw : accept.view
    }

    /// The address above a target; nil at the top.
    static func parent(of target: RequestTarget) -> String? {
        guard target.segments.count > 1 else { return nil }
        var keys = Array(target.keys.dropLast())
        if keys.count == 3, target.segments[0] == "hosts", target.segments[2] == "domains" { keys.removeLast() }
        return "/" + keys.map { PathSegment.encode(bytes: $0) }.joined(separator: "/")
    }

    /// What one may ask of the resource: a command can be posted, everything else only read.
    private func admitMethod() throws {
        let isCommand =
            switch resource {
            case .command, .owner, .login, .logout: true
            default: false
            }
        let methods = ["GET", "HEAD"] + (isCommand ? ["POST"] : [])
        guard methods.contains(method.rawValue) else {
            throw Fault(405, "\(method.rawValue) is not for this address.", methods: methods)
        }
    }
}
