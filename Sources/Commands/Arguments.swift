// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// A parameter that does not fit.
public struct ArgumentError: Error, Hashable, Sendable {
    public let parameter: String
    /// A sentence that says what would fit.
    public let message: String

    public init(parameter: String, message: String) {
        self.parameter = parameter
        self.message = message
    }
}

indirect enum ArgumentValue: Hashable, Sendable {
    case integer(Int64)
    case unsigned(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case flags(UInt32)
    case list([ArgumentValue])
}

/// The parameters of one call, checked against its command: every value has its type and range, nothing unknown is among them.
public struct Arguments: Sendable {
    private var values: [String: ArgumentValue]
    let command: Command

    /// The names of the parameters that were given a value, before one was composed of others.
    let written: Set<String>
    /// What the caller wrote, in order.
    public let given: [(name: String, text: String)]

    /// Reads what the caller wrote. A repeated name stands for a set of flags or a list. An empty text stands for a parameter
    /// left out, as forms send it, if that is optional.
    /// - Parameter raw: bytes that came as they are rather than as text, by the name of their parameter.
    public init(_ given: [(name: String, text: String)], raw: [String: [UInt8]] = [:], for command: Command) throws(ArgumentError) {
        var values: [String: ArgumentValue] = [:]
        let names = given.map(\.name) + raw.keys.sorted()
        for name in names where !command.parameters.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
            throw ArgumentError(parameter: name, message: "\(command.name) has no parameter of that name.")
        }
        for parameter in command.parameters {
            if let bytes = raw[parameter.name] {
                guard case .bytes = parameter.kind else { throw parameter.refusal("It is no buffer of bytes.") }
                values[parameter.name] = .bytes(bytes)
                continue
            }
            let texts = given.filter { $0.name == parameter.name }.map(\.text)
            let isLeftOut = texts.allSatisfy(\.isEmpty) && (parameter.isRepeatable || texts == [""])
            if case .flags = parameter.kind, !texts.isEmpty {
                values[parameter.name] = try parameter.read(texts)
            } else if texts.isEmpty || (isLeftOut && (parameter.kind != .string || !parameter.isRequired)) {
                guard !parameter.isRequired else { throw parameter.refusal("It is missing.") }
            } else {
                values[parameter.name] = try parameter.read(texts)
            }
            if parameter.isPath, case .string(let path)? = values[parameter.name], !path.hasPrefix("/") {
                throw parameter.refusal("It is a path on the host, which begins with /.")
            }
        }
        written = Set(values.keys)
        if let composition = command.note.composition { try composition.compose(&values) }
        self.values = values
        self.command = command
        self.given = given
        if let rule = command.note.rule, let refusal = rule(self) { throw refusal }
    }

    /// Whether a parameter was given a value.
    public func isGiven(_ name: String) -> Bool { values[name] != nil }

    /// A set of flags; none if left out.
    public func flags(_ name: String = "flags") -> UInt32 {
        guard case .flags(let flags)? = values[name] else { return 0 }
        return flags
    }

    public func string(_ name: String) -> String? {
        guard case .string(let text)? = values[name] else { return nil }
        return text
    }

    func bytes(_ name: String) -> [UInt8]? {
        guard case .bytes(let bytes)? = values[name] else { return nil }
        return bytes
    }

    func integer(_ name: String) -> Int64? {
        guard case .integer(let number)? = values[name] else { return nil }
        return number
    }

    func count(_ name: String) -> Int {
        guard case .list(let items)? = values[name] else { return 0 }
        return items.count
    }

    /// The names of all constants that were given, in flags and enums: all names of each, as what is asked for may go by any of them.
    var constants: Set<String> {
        Set(
            command.parameters.flatMap { parameter -> [String] in
                switch values[parameter.name] {
                case .flags(let flags): parameter.constants.filter { flags & UInt32(truncatingIfNeeded: $0.value) != 0 }.flatMap(\.names)
                case .integer(let value): parameter.constants.filter { $0.value == value }.flatMap(\.names)
                default: []
                }
            })
    }

    /// The same with the flags that people usually mean; nil if the caller gave flags, or none are usual.
    public func impacting(isActive: Bool, isPersistent: Bool) -> Arguments? {
        guard values["flags"] == nil, let parameter = command.parameters.first(where: { $0.name == "flags" }),
            let names = command.usualFlags(isActive: isActive, isPersistent: isPersistent)
        else { return nil }
        var copy = self
        copy.values["flags"] = .flags(
            parameter.constants.filter { names.contains($0.commonName) }.reduce(0) { $0 | UInt32(truncatingIfNeeded: $1.value) })
        return copy
    }

    /// Every XML document among them, by parameter. What `virDomainSetMetadata` takes is one only for the type `ELEMENT`.
    public var documents: [(parameter: String, xml: String)] {
        if command.name == "virDomainSetMetadata" {
            guard integer("type") == 2, let element = string("metadata") else { return [] }
            return [("metadata", element)]
        }
        return command.parameters.flatMap { parameter -> [(String, String)] in
            switch (parameter.kind, values[parameter.name]) {
            case (.xml, .string(let text)?): [(parameter.name, text)]
            case (.list(of: .xml), .list(let items)?):
                items.compactMap { if case .string(let text) = $0 { (parameter.name, text) } else { nil } }
            default: []
            }
        }
    }

    /// The path of the saved domain that the command starts or changes.
    public var savedDomain: String? { command.note.savedIn.flatMap { string($0) } }

    /// The names of the hosts that it names, by parameter.
    public var hosts: [String: String] {
        Dictionary(
            uniqueKeysWithValues: command.parameters.filter { $0.kind == .host }.compactMap { parameter in
                string(parameter.name).map { (parameter.name, $0) }
            })
    }

    /// As the call wants them.
    /// - Parameters:
    ///   - connections: to the hosts that are named, by parameter.
    ///   - uris: of these hosts, for a function that wants the URI rather than a connection.
    func call(connections: [String: Connection], uris: [String: String]) -> CallArguments {
        var arguments: [String: CallArguments.Argument] = command.note.defaults
        for parameter in command.parameters {
            guard let value = values[parameter.name] else { continue }
            if parameter.kind == .host {
                arguments[parameter.name] = uris[parameter.name].map { .string($0) }
            } else if let typed = parameter.typed {
                var list: [TypedParameter] = []
                if case .parameters(let before)? = arguments[typed.argument] { list = before }
                arguments[typed.argument] = .parameters(list + value.typed(parameter.name, typed.type))
            } else {
                arguments[parameter.name] = value.plain
            }
        }
        return CallArguments(arguments, connections: connections)
    }
}

extension ArgumentValue {
    fileprivate var plain: CallArguments.Argument {
        switch self {
        case .integer(let number): .integer(number)
        case .unsigned(let number): .unsigned(number)
        case .double(let number): .integer(Int64(number))
        case .string(let text): .string(text)
        case .bytes(let bytes): .bytes(bytes)
        case .flags(let flags): .unsigned(UInt64(flags))
        case .list(let items):
            items.contains { if case .string = $0 { true } else { false } }
                ? .strings(items.compactMap { if case .string(let text) = $0 { text } else { nil } })
                : .numbers(items.compactMap { if case .unsigned(let number) = $0 { number } else { nil } })
        }
    }

    fileprivate func typed(_ name: String, _ type: String) -> [TypedParameter] {
        if case .list(let items) = self { return items.flatMap { $0.typed(name, type) } }
        let value: TypedParameter.Value? =
            switch (self, type) {
            case (.integer(let number), "int"): .int(Int32(truncatingIfNeeded: number))
            case (.integer(let number), "llong"): .llong(number)
            case (.integer(let number), "boolean"): .boolean(number != 0)
            case (.unsigned(let number), "uint"): .uint(UInt32(truncatingIfNeeded: number))
            case (.unsigned(let number), "ullong"): .ullong(number)
            case (.double(let number), _): .double(number)
            case (.string(let text), _): .string(text)
            default: nil
            }
        return value.map { [TypedParameter(name: name, value: $0)] } ?? []
    }
}
