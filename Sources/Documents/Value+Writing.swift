// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import XML

extension Value {
    /// Writes the value as its typed element; nothing for a function that returns only success.
    func write(to writer: inout Writer) {
        switch self {
        case .none: break
        case .boolean(let value): writer.element("boolean", text: String(value))
        case .integer(let value, let unit): writer.element("integer", [.unit: unit?.rawValue], text: String(value))
        case .unsigned(let value, let unit): writer.element("integer", [.unit: unit?.rawValue], text: String(value))
        case .double(let value, let unit): writer.element("double", [.unit: unit?.rawValue], text: Self.text(of: value))
        case .string(let value): writer.element("string", text: value)
        case .enumeration(let name, let value): writer.element("enum", [.name: name], text: String(value))
        case .version(let version):
            writer.element("version", [.name: Self.text(ofVersion: version)], text: String(version))
        case .bytes(let bytes): writer.element("bytes", text: Self.base64(bytes))
        case .xml(let fragment): writer.element("xml") { $0.embed(fragment) }
        case .domain(let domain):
            let href = Links.vm(owner: domain.owner ?? "nobody", key: domain.uuid)
            writer.element("object", [.rel: "domain", .id: domain.uuid, .name: domain.name, .href: href])
        case .list(let values):
            writer.element("list") { writer in
                for value in values { value.write(to: &writer) }
            }
        case .structure(let fields):
            writer.element("structure") { writer in
                for field in fields { writer.element("field", [.name: field.name]) { field.value.write(to: &$0) } }
            }
        }
    }

    /// 9000000 is 9.0.0.
    static func text(ofVersion version: UInt) -> String {
        "\(version / 1_000_000).\(version / 1_000 % 1_000).\(version % 1_000)"
    }

    /// As XML Schema spells it.
    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-INF" : "INF" }
        return String(value)
    }

    /// RFC 4648, with padding.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
            for place in 0..<4 { text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "=")) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
