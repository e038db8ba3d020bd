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

    /// Reads the body. Throws a `Fault`: 400 malformed, 413 too large, 415 not of a type that fits.
    func fields(of request: Request, for command: Command) async throws(Fault) -> [Field] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
        guard let field = request.headers[.contentType] else {
            guard try await collect(request).isEmpty else { throw unsupported("a body without Content-Type", command) }
            return []
        }
        guard let type = MediaType(field) else { throw unsupported(field, command) }
        if type.matches("application/x-www-form-urlencoded") {
            do { return try URLEncodedForm.decode(try await collect(request)).map { ($0.name, $0.value) } } catch let fault as Fault {
                throw fault
            } catch {
                throw Fault(400, "The form cannot be read: \(error)")
            }
        }
        if type.matches("multipart/form-data") { return try await multipart(request, type) }
        if type.matches("application/xml") || type.matches("text/xml"), let parameter = command.parameters.first(where: { $0.kind == .xml }) {
            return [(parameter.name, try utf8(try await collect(request)))]
        }
        throw unsupported(type.essence, command)
    }

    private func collect(_ request: Request) async throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        do {
            for try await chunk in request.body {
                guard bytes.count + chunk.readableBytes <= limit else { throw tooLarge }
                bytes += chunk.readableBytesView
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(400, "The body cannot be read.")
        }
        return bytes
    }

    private func multipart(_ request: Request, _ type: MediaType) async throws(Fault) -> [Field] {
        guard let boundary = MultipartParser.boundary(of: type) else { throw Fault(400, "multipart/form-data needs a boundary.") }
        var fields: [(name: String, bytes: [UInt8])] = []
        do {
            var parser = try MultipartParser(boundary: boundary)
            var count = 0
            for try await chunk in request.body {
                count += chunk.readableBytes
                guard count <= limit else { throw tooLarge }
                for event in try parser.feed(chunk.readableBytesView) {
                    switch event {
                    case .part(let name, _, _): fields.append((name, []))
                    case .data(let bytes): fields[fields.count - 1].bytes += bytes
                    case .end: break
                    }
                }
            }
            try parser.finish()
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(400, "The multipart form cannot be read: \(error)")
        }
        var texts: [Field] = []
        for field in fields { texts.append((field.name, try utf8(field.bytes))) }
        return texts
    }

    private func utf8(_ bytes: [UInt8]) throws(Fault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault(400, "The body is not UTF-8.") }
        return text
    }

    private var tooLarge: Fault { Fault(413, "The body is larger than \(limit) bytes.") }

    private func unsupported(_ type: String, _ command: Command) -> Fault {
        let xml = command.parameters.contains { $0.kind == .xml } ? ", application/xml" : ""
        return Fault(
            415, "\(command.name) does not take \(type).",
            advice: "Send application/x-www-form-urlencoded, multipart/form-data\(xml).")
    }
}
