// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// One input of a command as a form or a query gives it: an argument of the C function, or one of its typed parameters.
public struct Parameter: Hashable, Sendable {
    public indirect enum Kind: Hashable, Sendable {
        case boolean
        case signed(ClosedRange<Int64>)
        case unsigned(ClosedRange<UInt64>)
        case double
        case string
        case xml
        /// Bytes, in base64 or as a file.
        case bytes
        /// A set of CPUs: `0-3,^2`.
        case cpus
        /// The name of a joined host.
        case host
        case enumeration(Enumeration)
        case flags(Enumeration, except: [String] = [])
        /// Any number of these, by repeating the name.
        case list(of: Kind)

        /// The type's name in documents.
        public var name: String {
            switch self {
            case .boolean: "boolean"
            case .signed: "int"
            case .unsigned: "unsigned"
            case .double: "double"
            case .string: "string"
            case .xml: "xml"
            case .bytes: "bytes"
            case .cpus: "cpus"
            case .host: "host"
            case .enumeration: "enum"
            case .flags: "flags"
            case .list(let kind): kind.name
            }
        }
    }

    /// The C argument's name, or the typed parameter's.
    public let name: String
    public private(set) var kind: Kind
    public var isRequired: Bool
    public let unit: Unit?
    /// What libvirt says of it.
    public let documentation: String
    /// The C argument that a typed parameter goes into, and its type there; nil for an argument itself.
    public var typed: Typed?

    public struct Typed: Hashable, Sendable {
        public let argument: String
        /// `ullong`, `string` and so on.
        public let type: String
    }

    /// Whether it may be given more than once.
    public var isRepeatable: Bool {
        switch kind {
        case .flags, .list: true
        default: false
        }
    }

    /// The constants that a form offers; empty unless the parameter is an enum or a set of flags.
    public var constants: [Constant] {
        switch kind {
        case .flags(let enumeration, let except): enumeration.flags.filter { constant in !except.contains { constant.isNamed($0) } }
        case .enumeration(let enumeration): enumeration.values
        default: []
        }
    }

    /// The constants of a set of flags that stand for none of them, such as `VIR_DOMAIN_AFFECT_CURRENT`.
    var zeroes: [Constant] {
        guard case .flags(let enumeration, _) = kind else { return [] }
        return enumeration.values.filter { $0.value == 0 }
    }

    /// Whether it is a path on the host. libvirt would take a relative one for one below this server's own directory.
    public var isPath: Bool { kind == .string && ["from", "to", "file"].contains(name) }

    /// The same without some of the constants of a set of flags.
    func without(_ constants: [String]) -> Parameter {
        guard case .flags(let enumeration, let except) = kind, !constants.isEmpty else { return self }
        var parameter = self
        parameter.kind = .flags(enumeration, except: except + constants)
        return parameter
    }

    func refusal(_ message: String) -> ArgumentError { ArgumentError(parameter: name, message: message) }
}
