// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
public import Commands
import Libvirt
public import Operations
import XML

/// `fault`: what went wrong, and what one may do about it.
public struct Fault: Error, Sendable {
    /// The HTTP status, RFC 9110.
    public let status: Int
    public let message: String
    public var advice: String?
    /// The methods that would do.
    public var methods: [String] = []
    public var parameter: ArgumentError?
    /// Seconds after which to try again.
    public var retryAfter: Int?
    /// How one may log in, where that would help.
    public var login: LoginForm?
    private var failure: Failure?

    public init(
        _ status: Int, _ message: String, advice: String? = nil, methods: [String] = [], parameter: ArgumentError? = nil, retryAfter: Int? = nil
    ) {
        self.retryAfter = retryAfter
        self.status = status
        self.message = message
        self.advice = advice
        self.methods = methods
        self.parameter = parameter
    }

    public init(_ failure: Failure) {
        self.init(Self.status(of: failure.kind), failure.message, advice: failure.advice, parameter: failure.parameter)
        self.failure = failure
        if failure.kind == .unavailable { retryAfter = 5 }
    }

    private static func status(of kind: Failure.Kind) -> Int {
        switch kind {
        case .malformed: 400
        case .denied: 403
        case .notFound: 404
        case .conflict: 409
        case .unprocessable: 422
        case .unsupported: 501
        case .hypervisor, .unreachable: 502
        case .timeout: 504
        case .unavailable: 503
        }
    }

    private static let reasons = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict",
        408: "Request Timeout", 413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 417: "Expectation Failed",
        421: "Misdirected Request", 422: "Unprocessable Content", 429: "Too Many Requests", 431: "Request Header Fields Too Large",
        500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]

    /// The document of a request that failed.
    /// - Parameters:
    ///   - id: the request's.
    ///   - page: nil if the request's target cannot be read.
    ///   - surroundings: what it says of the server.
    public func bytes(id: String, page: Page?, in surroundings: Surroundings) -> [UInt8] {
        var writer = Writer()
        writer.element("fault", [.id: id, .href: page?.href]) { writer in
            if let page {
                writer.element("link", [.rel: "self", .href: page.href])
                if let up = page.up { writer.element("link", [.rel: "up", .href: up]) }
            }
            surroundings.write(to: &writer, at: page?.href)
            writeContent(to: &writer)
            if let login { writer.element("login", [.href: Links.login]) { login.write(to: &$0) } }
        }
        return writer.finish()
    }

    /// The fault inside another document.
    func write(to writer: inout Writer) {
        writer.element("fault") { writeContent(to: &$0) }
    }

    /// libvirt quotes what it was given, whole; nobody reads more than this.
    private static func shortened(_ text: String) -> String { text.count <= 2_000 ? text : text.prefix(2_000) + "\u{2026}" }

    private func writeContent(to writer: inout Writer) {
        writer.element("status", [.name: Self.reasons[status] ?? "Error"], text: String(status))
        writer.element("message", text: Self.shortened(message))
        if let advice { writer.element("advice", text: advice) }
        if let outcome = failure?.outcome { writer.element("outcome", text: outcome.rawValue) }
        if let parameter { writer.element("parameter", [.name: parameter.parameter], text: parameter.message) }
        for method in methods { writer.element("method", text: method) }
        if let error = failure?.libvirt {
            writer.element("code", [.name: error.code.name], text: String(error.code.rawValue))
            writer.element("domain", [.name: error.domainName], text: String(error.domain))
            writer.element("level", [.name: error.levelName], text: String(error.level))
        }
        if let host = failure?.host { writer.element("host", [.name: host, .href: Links.host(host)]) }
        if let state = failure?.state { writer.element("state", [.name: state.name], text: state.text) }
    }
}
