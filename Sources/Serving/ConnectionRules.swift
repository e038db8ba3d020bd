// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import NIOCore
import NIOHTTP1

/// What holds for every connection.
struct ConnectionRules: Sendable {
    /// Browsers send about twenty. Each is a string or two to keep and to look through, however short.
    static let fields = 100

    let isSecure: Bool
    let times: RequestClock.Times
    /// Bytes of the first line, and of all headers.
    let line: Int
    let headers: Int
    let metrics: ServingMetrics
    let slots: RequestSlots
    let connections: Connections
    let desk: any FrontDesk

    /// A slot for a request that came from that address.
    func slot(for head: HTTPRequestHead, from address: IPAddress?) throws(Refusal) -> RequestSlot {
        let isReading = head.method == .GET || head.method == .HEAD
        return try slots.take(
            from: desk.client(of: address, forwardedFor: head.headers["X-Forwarded-For"]), isWatching: isReading && desk.isWatched(head.uri))
    }

    /// Why a head that the decoder took is not taken.
    func refusal(of head: HTTPRequestHead) -> Refusal? {
        if "\(head.method.rawValue) \(head.uri) HTTP/1.1".utf8.count > line { return .line }
        // With colon, space and line end.
        if head.headers.reduce(0, { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }) > headers { return .headers }
        let lengths = head.headers["Content-Length"].count
        let codings = head.headers["Transfer-Encoding"]
        let isChunked = !codings.isEmpty
        // Two ways to see where it ends are one too many: who stands in front may take the other.
        if lengths > 1 || (lengths == 1 && isChunked) || (isChunked && head.version.minor == 0) { return .malformed }
        // What is encoded in another way would be taken for the body.
        if codings.count > 1 || codings.contains(where: { $0.lowercased() != "chunked" }) { return .malformed }
        let isOrdinary = head.headers["Expect"].allSatisfy { $0.lowercased() == "100-continue" }
        return isOrdinary ? nil : .expectation
    }
}

extension HTTPRequestHead {
    /// Whether the client waits before it sends the body. A client of HTTP/1.0 would not understand.
    var expectsContinue: Bool { version.minor > 0 && headers.contains(name: "Expect") }

    var hasBody: Bool {
        headers.contains(name: "Transfer-Encoding") || headers.first(name: "Content-Length").map { $0 != "0" } == true
    }
}
