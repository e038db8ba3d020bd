// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// What the server sent, whole.
struct HTTPResponse: Sendable {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The media type without parameters.
    var type: String { header("Content-Type")?.split(separator: ";").first.map(String.init) ?? "" }

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// What an XPath expression selects in a canonical document, with the prefix `hv`.
    func strings(_ xpath: String) throws -> [String] {
        try Document(parsing: body).strings(at: xpath, namespaces: [("hv", "urn:handlervirt:1")])
    }

    func string(_ xpath: String) throws -> String? { try strings(xpath).first }

    /// The local name of the document's root; empty if the body is no XML.
    var root: String { (try? Document(parsing: body))?.rootName ?? "" }

    /// The element inside the first `hv:xml`, byte by byte.
    var foreign: String? {
        guard let start = text.utf8.firstRange(of: "<hv:xml>".utf8), let end = text.utf8.firstRange(of: "</hv:xml>".utf8) else { return nil }
        return start.upperBound <= end.lowerBound ? String(text[start.upperBound..<end.lowerBound]) : nil
    }
}
