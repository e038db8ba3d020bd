// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Addresses
public import Audit
public import Authentication
import Commands
import Documents
public import Hummingbird
import HTTPTypes
import Libvirt
public import Logging
public import Monitoring
import NIOCore
public import NIOPosix
public import Operations
public import Serving
public import Settings
import XML

/// Answers every request: reads the target, finds the resource, lets it answer with a document, renders that.
public struct WebResponder: HTTPResponder {
    public typealias Context = WebContext

    let operations: Operations
    let renderer: Renderer
    let assets: Assets
    let settings: EffectiveSettings
    let metrics: Registry
    let log: Logger
    let threads: NIOThreadPool
    let sessions: SessionAuthenticator?
    let authenticator: (any Authenticator)?
    let audit: AuditLog
    let hosts: HostPolicy
    let addresses = MachineAddresses()
    private let requests: RequestMetrics
    let door: FrontDoor
    /// What is said of what is refused before anything is done for it.
    public let refusals: Refusals

    /// - Parameters:
    ///   - sessions: opens and ends sessions; nil: nobody logs in.
    ///   - authenticator: tells who sent a request; nil: nobody is told from others.
    ///   - audit: what `/audit` shows, and where it is written who came and went.
    ///   - door: who tells how many requests are answered at once.
    ///   - metrics: where requests are counted, and what `/metrics` shows.
    ///   - threads: where documents are transformed and files are read.
    public init(
        operations: Operations, settings: EffectiveSettings, sessions: SessionAuthenticator? = nil, authenticator: (any Authenticator)? = nil,
        audit: AuditLog, door: FrontDoor, metrics: Registry, directories: AssetDirectories, threads: NIOThreadPool, log: Logger
    ) {
        self.sessions = sessions
        self.authenticator = authenticator
        self.audit = audit
        hosts = HostPolicy(names: settings.publicHosts.value)
        self.operations = operations
        self.settings = settings
        self.door = door
        self.metrics = metrics
        self.log = log
        self.threads = threads
        requests = RequestMetrics(factory: metrics)
        renderer = Renderer(directories: directories, log: log, threads: threads)
        assets = Assets(directories: directories, threads: threads)
        refusals = Refusals(
            renderer: renderer, limits: settings.limits, headers: ResponseHeaders(isSecure: settings.tlsCertificate.value != nil),
            surroundings: Surroundings(mode: operations.gate.mode, visibility: operations.gate.visibility, showsSettings: false))
    }

    public func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let id = RequestIdentifier.make()
        // Our own id stands in each line already, by the task.
        var log = context.logger
        log[metadataKey: "hb.request.id"] = nil
        let peer = Peer(
            connection: context.remoteAddress?.ip?.unmapped, isSecure: settings.tlsCertificate.value != nil,
            headers: request.headers, trusted: settings.trustedProxies.value)
        let requester = Requester(request: id, method: request.method.rawValue, address: peer.address?.description)
        var response = await Requester.$current.withValue(requester) {
            let response = await admitted(request, from: peer, context: context, id: id, log: log)
            log.info("\(request.method) \((request.head.path ?? "").withoutSecrets)", metadata: ["status": "\(response.status.code)"])
            return response
        }
        // What was posted for may be a secret.
        if request.method == .post { response.headers[.cacheControl] = ResponseHeaders.transient }
        refusals.headers.add(to: &response)
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = ContentPolicy.data.rawValue }
        if let name = HTTPField.Name("X-Request-Id") { response.headers[name] = id }
        requests.record(request.method, status: response.status, duration: .now - start)
        return request.method == .head ? response.createHeadResponse() : response
    }

    func answer(_ request: Request, from peer: Peer, context: Context, in slot: RequestSlot, id: String, log: Logger) async throws(Refusal)
        -> Response
    {
        let read = Result { () throws(PathError) in try requestTarget(of: request) }
        let resource = (try? read.get()).flatMap { Resource($0) }
        let proofs = Proofs(
            authorization: request.headers[values: .authorization], cookies: request.headers[values: .cookie], address: peer.address,
            isSecure: peer.isSecure)
        let host: Result<PublicHost, Fault> = Result { () throws(Fault) in try admitHost(of: request, at: context.channel.localAddress?.ip) }
        let known: Result<Sender, Fault> =
            switch host {
            case .success: await sender(proofs, of: resource)
            case .failure(let fault): .failure(fault)
            }
        var requester = Requester.current
        if case .success(let sender) = known {
            requester.caller = sender.caller.name
            requester.authentication = sender.authentication?.rawValue
            if let name = sender.caller.name { try slot.belong(to: name) }
        }
        return await Requester.$current.withValue(requester) {
            await answer(
                request, to: host, from: known, at: read, isDoor: resource?.isDoor == true, proofs, context: context, in: slot, id: id, log: log)
        }
    }

    private func answer(
        _ request: Request, to host: Result<PublicHost, Fault>, from known: Result<Sender, Fault>, at read: Result<RequestTarget, PathError>,
        isDoor: Bool, _ proofs: Proofs, context: Context, in slot: RequestSlot, id: String, log: Logger
    ) async -> Response {
        let accept = Accept(request.headers[values: .accept].joined(separator: ", "))
        var target: RequestTarget?
        var sender = Sender.anonymous
        do {
            let body = try await body(
                of: request, to: host, from: known, at: try? read.get(), isDoor: isDoor, proofs, accept: accept, context: context, slot: slot)
            sender = try known.get()
            let readable = try read.get()
            target = readable
            let asked = try AskedRequest(
                request: request, body: body, target: readable, accept: accept, rendering: settings.rendering.value, sender: sender, proofs: proofs)
            if asked.isPost { try admit(sender, of: request, to: try host.get(), isSecure: proofs.isSecure) }
            return try await respond(with: try await answerOfThoseThere(asked), to: asked)
        } catch {
            var fault = Self.fault(error, log: log)
            // Who was not let in has no target here. Where he wanted to be he comes to once he has logged in.
            let isStopped = fault.status == 401 && target == nil
            if isStopped, sessions != nil {
                let isForm = request.method == .get || request.method == .head
                fault.login = LoginForm(next: isForm ? (try? read.get()).flatMap { ReturnPath.checked($0.target()) } : nil)
            }
            var response = await respond(with: fault, id: id, target: target, sender: sender, request: request, accept: accept, log: log)
            // One that did not help, and never will.
            if isStopped, let sessions, proofs.authorization.isEmpty, await sessions.hasBadCookie(proofs) {
                response.headers[.setCookie] = sessions.deletion(proofs)
            }
            return response
        }
    }

    /// What a document for this sender says of the server.
    /// - Parameter isPublic: whether it is the same for all.
    func surroundings(for sender: Sender, isPublic: Bool = false) -> Surroundings {
        let entrance: Entrance? =
            if sender.authentication == .session {
                .logout
            } else {
                sender.caller.name == nil && sessions != nil && operations.gate.visibility == .everyone && !isPublic ? .login : nil
            }
        return Surroundings(
            mode: operations.gate.mode, visibility: operations.gate.visibility, warning: settings.warning, caller: sender.caller.name,
            showsSettings: operations.gate.decide(sender.caller, .seeSettings, .server).isAllowed,
            showsAudit: operations.gate.decide(sender.caller, .seeAudit, .server).isAllowed, entrance: entrance)
    }

    /// A domain that was just migrated away is looked for once more, on the host where it is now. What changes something is never repeated.
    private func answerOfThoseThere(_ asked: AskedRequest) async throws -> Answer {
        let first = await outcome(of: asked)
        guard !asked.isPost, case .failure(let error) = first, Self.isOfAbsence(error) else { return try first.get() }
        let second = await outcome(of: asked)
        guard case .failure(let error) = second, error is Vanished else { return try second.get() }
        throw Fault(404, "The virtual machine has just gone.", advice: "The list shows those that there are.")
    }

    private func outcome(of asked: AskedRequest) async -> Result<Answer, any Error> {
        do { return .success(try await answer(asked)) } catch { return .failure(error) }
    }

    private static func isOfAbsence(_ error: any Error) -> Bool {
        error is Vanished || (error as? Failure)?.libvirt?.code == .noDomain
    }

    private static func fault(_ error: any Error, log: Logger) -> Fault {
        switch error {
        case let fault as Fault: return fault
        case let failure as Failure: return Fault(failure)
        case let error as ArgumentError: return Fault(Failure(error))
        case let error as PathError:
            return Fault(
                error.code == .tooLong ? 414 : 400, "The address cannot be read: \(error.message)", advice: "Follow a link instead of typing it.")
        default:
            log.error("request failed", metadata: ["error": "\("\(error)".onOneLine)"])
            return Fault(500, "The server failed to answer.", advice: "The log says more, under the id of this request.")
        }
    }

    private func respond(with answer: Answer, to asked: AskedRequest) async throws -> Response {
        switch answer {
        case .redirect(let location, let status, let cookie):
            guard OwnPath.admits(location) else { throw Fault(500, "The server would have led to an address that is not its own.") }
            var headers: HTTPFields = [.location: location, .contentLength: "0"]
            if let cookie { headers[.setCookie] = cookie }
            return Response(status: .init(code: status), headers: headers)
        case .file(let bytes, let contentType):
            var response = conditional(bytes, contentType: contentType, policy: .data, status: 200, request: asked.request)
            // Somebody else's bytes: a browser keeps them and shows nothing.
            if contentType == "application/octet-stream" { response.headers[.contentDisposition] = "attachment" }
            return response
        case .document(let bytes, let root, let status, let retryAfter, let cookie):
            guard renderer.offers(asked.view, of: root) else {
                throw ArgumentError(parameter: "view", message: "\(asked.view.rawValue) is only for lists.")
            }
            let rendering = try await renderer.render(bytes, root: root, as: asked.view)
            var response = conditional(
                rendering.bytes, contentType: rendering.contentType, policy: rendering.policy, status: status, request: asked.request)
            if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
            // Who did what is told for this once.
            if asked.resource == .audit { response.headers[.cacheControl] = ResponseHeaders.transient }
            if let cookie { response.headers[.setCookie] = cookie }
            return response
        }
    }

    /// With an ETag, and without a body where the client has these bytes already.
    private func conditional(_ bytes: [UInt8], contentType: String, policy: ContentPolicy, status: Int, request: Request) -> Response {
        let tag = EntityTag.of(bytes)
        var headers: HTTPFields = [.eTag: tag, .contentType: contentType, .contentSecurityPolicy: policy.rawValue]
        if status == 200, request.method != .post, let field = request.headers[.ifNoneMatch], EntityTag.matches(ifNoneMatch: field, tag: tag) {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .init(code: status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func respond(
        with fault: Fault, id: String, target: RequestTarget?, sender: Sender, request: Request, accept: Accept, log: Logger
    ) async -> Response {
        let view = AskedRequest.view(of: target, accept: accept, rendering: settings.rendering.value) ?? .xml
        let surroundings = surroundings(for: sender)
        let page = target.map { Page(target: $0, up: AskedRequest.parent(of: $0), in: surroundings) }
        let bytes = fault.bytes(id: id, page: page, in: surroundings)
        var headers: HTTPFields = [:]
        if fault.status == 401 { for challenge in challenges(view) { headers.append(.init(name: .wwwAuthenticate, value: challenge)) } }
        if let seconds = fault.retryAfter { headers[.retryAfter] = String(seconds) }
        if !fault.methods.isEmpty { headers[.allow] = fault.methods.joined(separator: ", ") }
        let rendering: Renderer.Rendering
        do {
            rendering = try await renderer.render(bytes, root: "fault", as: renderer.offers(view, of: "fault") ? view : .xml)
        } catch {
            log.error("fault page does not render", metadata: ["error": "\("\(error)".onOneLine)"])
            rendering = .init(bytes: bytes, contentType: "application/xml; charset=utf-8", policy: .data)
        }
        headers[.contentType] = rendering.contentType
        headers[.contentSecurityPolicy] = rendering.policy.rawValue
        return Response(
            status: .init(code: fault.status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: rendering.bytes)))
    }
}
