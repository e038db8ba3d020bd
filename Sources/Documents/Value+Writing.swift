// SPDX-License-Identifier: GPL-2.0-or-later
import Commands
import Libvirt
import XML

extension Value {
    /// Writes the value as its typed element; nothing for a function that returns only success.
    /// - Parameter host: whose objects are in it.
    func write(host: String, to writer: inout Writer) {
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
        case .bytes(let bytes): writer.element("bytes", text: Base64.encode(bytes))
        case .cpus(let cpus): writer.element("cpus", text: cpus.description)
        case .xml(let fragment): writer.element("xml") { $0.embed(fragment) }
        case .object(let link):
            let identity = link.identity
            writer.element(
                "object",
                [
                    .rel: identity.kind.rawValue, .id: identity.uuid?.description, .name: identity.name.description,
                    .href: Links.object(identity.path, host: host, owner: link.owner),
                ])
        case .list(let values):
            writer.element("list") { writer in
                for value in values { value.write(host: host, to: &writer) }
            }
        case .structure(let fields):
            writer.element("structure") { writer in
                for field in fields { writer.element("field", [.name: field.name]) { field.value.write(host: host, to: &$0) } }
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
}
