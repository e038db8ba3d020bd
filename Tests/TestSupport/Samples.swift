// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
import Libvirt

/// Something that fits each parameter.
public enum Samples {
    public static func fields(of command: Command) -> [(name: String, text: String)] {
        var fields = command.parameters.filter { $0.isRequired && !isBytes($0.kind) }.map { ($0.name, $0.isPath ? "/x" : text($0.kind)) }
        // These two are no parameters that are always needed, but needed together.
        if command.name == "virDomainSetMetadata" { fields = [("type", "VIR_DOMAIN_METADATA_TITLE"), ("metadata", "x")] }
        return fields
    }

    public static func bytes(of command: Command) -> [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: command.parameters.filter { $0.isRequired && isBytes($0.kind) }.map { ($0.name, [1, 2, 3]) })
    }

    private static func isBytes(_ kind: Parameter.Kind) -> Bool { kind == .bytes }

    private static func text(_ kind: Parameter.Kind) -> String {
        switch kind {
        case .boolean: "true"
        case .signed(let range): String(max(range.lowerBound, 0))
        case .unsigned(let range): String(max(range.lowerBound, 1))
        case .double: "1"
        case .string: "x"
        case .xml: "<domain><name>test</name></domain>"
        case .bytes: ""
        case .cpus: "0"
        case .host: "host"
        case .enumeration(let enumeration): enumeration.values.first?.commonName ?? "0"
        case .flags: ""
        case .list(let item): text(item)
        }
    }
}
