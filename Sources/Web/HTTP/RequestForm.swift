// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Commands
import Documents
import HTTPTypes
import Hummingbird
import NIOCore
import Settings

/// What a POST sends: a form, urlencoded or multipart, or the XML or the bytes of a command that takes some.
struct RequestForm {
    typealias Field = (name: String, text: String)

    let limits: Limits
    let body: PostBody

    /// The fields, and what came as it is rather than as text by the name of its parameter.
    struct Content {
        var fields: [Field] = []
        var raw: [String: [UInt8]] = [:]
    }

    /// Reads the body for what takes these parameters. Throws a `Fault`: 400 malformed, 413 too large, 415 not of a type that fits.
    func content(of request: Request, for name: String, _ parameters: [Parameter]) throws(Fault) -> Content {
        guard !body.isTooLarge else { throw Fault(413, "The body is larger than \(limits.body.value) bytes.") }
        guard let field = request.headers[.contentType] else {
            guard body.chunks.allSatisfy({ $0.readableBytes == 0 }) else { throw unsupported("a body without Content-Type", name, parameters) }
            return Content()
        }
        guard let type = MediaType(field) else { throw unsupported(field, name, parameters) }
        if type.matches("application/x-www-form-urlencoded") { return Content(fields: try urlencoded()) }
        if type.matches("multipart/form-data") { return try multipart(type, parameters) }
        if type.matches("application/xml") || type.matches("text/xml"), let parameter = parameters.first(where: { $0.kind == .xml }) {
            let bytes = body.bytes
            guard !bytes.isEmpty else { throw Fault(400, "The body is empty: \(name) takes XML.") }
            return Content(fields: [(parameter.name, try utf8(bytes))])
        }
        if type.matches("application/octet-stream"), let parameter = parameters.first(where: { $0.kind == .bytes }) {
            return Content(raw: [parameter.name: body.bytes])
        }
        throw unsupported(type.essence, name, parameters)
    }

    private func urlencoded() throws(Fault) -> [Field] {
        do {
            return try URLEncodedForm.decode(body.bytes, maximumFields: limits.parameters.value).map { ($0.name, $0.value) }
        } catch {
            throw Fault(400, "The form cannot be read: \(error)")
        }
    }

    /// A part that is a file is taken as it is where bytes are wanted.
    private func multipart(_ type: MediaType, _ parameters: [Parameter]) throws(Fault) -> Content {
        guard let boundary = MultipartParser.boundary(of: type) else { throw Fault(400, "multipart/form-data needs a boundary.") }
        var fields: [(name: String, isFile: Bool, bytes: [UInt8])] = []
        do {
            var parser = try MultipartParser(boundary: boundary, limits: .init(parts: limits.parts.value))
            for chunk in body.chunks {
                for event in try parser.feed(chunk.readableBytesView) {
                    switch event {
                    case .part(let name, let file, _): fields.append((name, file != nil, []))
                    case .data(let bytes): fields[fields.count - 1].bytes += bytes
                    case .end: break
                    }
                }
            }
            try parser.finish()
        } catch {
            throw Fault(error.code == .tooManyParts ? 413 : 400, "The multipart form cannot be read: \(error)")
        }
        var content = Content()
        for field in fields {
            let wantsBytes = parameters.contains { $0.name == field.name && $0.kind == .bytes }
            if field.isFile, wantsBytes {
                if !field.bytes.isEmpty { content.raw[field.name] = field.bytes }
            } else {
                content.fields.append((field.name, try utf8(field.bytes)))
            }
        }
        return content
    }

    private func utf8(_ bytes: [UInt8]) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault(400, "The body is not UTF-8.") }
        guard !bytes.contains(0) else { throw Fault(400, "The body holds a NUL byte.") }
        return text
    }

    private func unsupported(_ type: String, _ name: String, _ parameters: [Parameter]) -> Fault {
        let xml = parameters.contains { $0.kind == .xml } ? ", application/xml" : ""
        let bytes = parameters.contains { $0.kind == .bytes } ? ", application/octet-stream" : ""
        return Fault(
            415, "\(name) does not take \(type).",
            advice: "Send application/x-www-form-urlencoded, multipart/form-data\(xml)\(bytes).")
    }
}
