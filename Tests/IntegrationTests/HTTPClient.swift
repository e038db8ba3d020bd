// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Testing
import XML

/// A client that sends the very bytes that it is given, one request per connection, and blocks until the answer is complete.
///
/// Every canonical document that arrives is validated against the schema, so that no test can forget it.
struct HTTPClient: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let schema = Result { try Schema(file: Repository.path("Public/schema/handlervirt.rng")) }

    let port: UInt16

    func get(
        _ target: String, method: String = "GET", accept: String? = nil, headers: [String] = [], timeout: Int = 60,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        try send(method, target, headers: headers + (accept.map { ["Accept: \($0)"] } ?? []), timeout: timeout, sourceLocation: sourceLocation)
    }

    /// - Parameter type: of the body; nil sends no Content-Type.
    func post(
        _ target: String, _ body: some Sequence<UInt8> = [], type: String? = nil, accept: String? = nil, headers: [String] = [],
        timeout: Int = 60, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        let all = headers + (type.map { ["Content-Type: \($0)"] } ?? []) + (accept.map { ["Accept: \($0)"] } ?? [])
        return try send("POST", target, headers: all, body: Array(body), timeout: timeout, sourceLocation: sourceLocation)
    }

    func post(
        _ target: String, form: String, accept: String? = nil, headers: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> HTTPResponse {
        try post(
            target, form.utf8, type: "application/x-www-form-urlencoded", accept: accept, headers: headers, sourceLocation: sourceLocation)
    }

    func post(_ target: String, xml: String, accept: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> HTTPResponse {
        try post(target, xml.utf8, type: "application/xml", accept: accept, sourceLocation: sourceLocation)
    }

    private func send(
        _ method: String, _ target: String, headers: [String], body: [UInt8]? = nil, timeout: Int, sourceLocation: SourceLocation
    ) throws -> HTTPResponse {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"] + headers
        if let body { lines.append("Content-Length: \(body.count)") }
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
        let response = try send(raw: bytes, isHead: method == "HEAD", timeout: timeout)
        validate(response, of: target, sourceLocation: sourceLocation)
        return response
    }

    /// Sends the bytes as they are. Nothing is validated.
    func send(raw bytes: [UInt8], isHead: Bool = false, timeout: Int = 60) throws -> HTTPResponse {
        let connection = try Connection(port: port, timeout: timeout)
        connection.write(bytes)
        return try Self.parse(try connection.readToEnd(), isHead: isHead)
    }

    /// Opens a connection, sends the bytes and leaves it open; nobody reads the answer.
    func begin(_ target: String) throws -> Connection {
        let connection = try Connection(port: port, timeout: 60)
        connection.write(Array("GET \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n".utf8))
        return connection
    }

    private func validate(_ response: HTTPResponse, of target: String, sourceLocation: SourceLocation) {
        guard response.type.hasSuffix("/xml"), !response.body.isEmpty, !target.hasPrefix("/schema/"), !target.hasPrefix("/public/") else { return }
        do {
            try Self.schema.get().validate(try Document(parsing: response.body))
        } catch {
            Issue.record(
                "\(target) answers \(response.status) with what is not valid: \(error)\n\(response.text.prefix(3_000))",
                sourceLocation: sourceLocation)
        }
    }

    private static func parse(_ bytes: [UInt8], isHead: Bool) throws -> HTTPResponse {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Failure(description: "no HTTP response: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
        }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let parts = lines.removeFirst().split(separator: " ")
        guard parts.count >= 2, let status = Int(parts[1]) else { throw Failure(description: "no status line: \(parts)") }
        let headers = lines.map { line in
            let colon = line.firstIndex(of: ":") ?? line.endIndex
            return (name: String(line[..<colon]), value: line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
        }
        var body = Array(bytes[end.upperBound...])
        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
        if status == 100 { return try parse(body, isHead: isHead) }
        if isHead || status == 304 || status == 204 {
            guard body.isEmpty else { throw Failure(description: "a body of \(body.count) bytes where none may be, status \(status)") }
        } else if header("transfer-encoding")?.lowercased() == "chunked" {
            body = try unchunked(body)
        } else if let length = header("content-length") {
            guard Int(length) == body.count else { throw Failure(description: "\(body.count) bytes of \(length)") }
        }
        return HTTPResponse(status: status, headers: headers, body: body)
    }

    private static func unchunked(_ bytes: [UInt8]) throws -> [UInt8] {
        var rest = bytes[...]
        var body: [UInt8] = []
        while let end = rest.firstRange(of: Array("\r\n".utf8)) {
            let size = String(decoding: rest[..<end.lowerBound], as: UTF8.self).split(separator: ";").first.flatMap { Int($0, radix: 16) }
            guard let size else { throw Failure(description: "a chunk without size") }
            if size == 0 { return body }
            rest = rest[end.upperBound...]
            guard rest.count >= size + 2 else { break }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        throw Failure(description: "a chunked body was cut short")
    }
}
