// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Commands
import Documents
import HTTPTypes
import Hummingbird
import NIOCore

/// What a POST sends: a form, urlencoded or multipart, or the XML of a command that takes some.
struct RequestForm {
    typealias Field = (name: String, text: String)

    /// Bytes of a body; libvirt takes messages of at most 32 MiB, and a domain's XML is a thousandth of that.
    let limit: Int
    let body: PostBody

    /// Reads the body. Throws a `Fault`: 400 malformed, 413 too large, 415 not of a type that fits.
    func fields(of request: Request, for command: Command) throws(Fault) -> [Field] {
        guard !body.isTooLarge else { throw Fault(413, "The body is larger than \(limit) bytes.") }
        guard let field = request.headers[.contentType] else {
            guard body.chunks.allSatisfy({ $0.readableBytes == 0 }) else { throw unsupported("a body without Content-Type", command) }
            return []
        }
        guard let type = MediaType(field) else { throw unsupported(field, command) }
        if type.matches("application/x-www-form-urlencoded") { return try urlencoded() }
        if type.matches("multipart/form-data") { return try multipart(type) }
        if type.matches("application/xml") || type.matches("text/xml"), let parameter = command.parameters.first(where: { $0.kind == .xml }) {
            let bytes = body.bytes
            guard !bytes.isEmpty else { throw Fault(400, "The body is empty: \(command.name) takes XML.") }
            return [(parameter.name, try utf8(bytes))]
        }
        throw unsupported(type.essence, command)
    }

    private func urlencoded() throws(Fault) -> [Field] {
        do {
            return try URLEncodedForm.decode(body.bytes).map { ($0.name, $0.value) }
        } catch {
            throw Fault(400, "The form cannot be read: \(error)")
        }
    }

    private func multipart(_ type: MediaType) throws(Fault) -> [Field] {
        guard let boundary = MultipartParser.boundary(of: type) else { throw Fault(400, "multipart/form-data needs a boundary.") }
        var fields: [(name: String, bytes: [UInt8])] = []
        do {
            var parser = try MultipartParser(boundary: boundary)
            for chunk in body.chunks {
                for event in try parser.feed(chunk.readableBytesView) {
                    switch event {
                    case .part(let name, _, _): fields.append((name, []))
                    case .data(let bytes): fields[fields.count - 1].bytes += bytes
                    case .end: break
                    }
                }
            }
            try parser.finish()
        } catch {
            throw Fault(400, "The multipart form cannot be read: \(error)")
        }
        var texts: [Field] = []
        for field in fields { texts.append((field.name, try utf8(field.bytes))) }
        return texts
    }

    private func utf8(_ bytes: [UInt8]) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault(400, "The body is not UTF-8.") }
        guard !bytes.contains(0) else { throw Fault(400, "The body holds a NUL byte.") }
        return text
    }

    private func unsupported(_ type: String, _ command: Command) -> Fault {
        let xml = command.parameters.contains { $0.kind == .xml } ? ", application/xml" : ""
        return Fault(
            415, "\(command.name) does not take \(type).",
            advice: "Send application/x-www-form-urlencoded, multipart/form-data\(xml).")
    }
}
