// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

extension Note {
    private static let ranges: [String: Parameter.Kind] = [
        "int": .signed(Int64(Int32.min)...Int64(Int32.max)), "unsigned int": .unsigned(0...UInt64(UInt32.max)),
        "long long": .signed(.min ... .max), "unsigned long": .unsigned(0...UInt64(Int64.max)),
        "unsigned long long": .unsigned(0...UInt64.max), "size_t": .unsigned(0...UInt64(Int64.max)),
    ]

    /// The inputs of a function: what its description says, mended by this note. Nil if there is one that nobody could give.
    func parameters(of function: Function) -> [Parameter]? {
        var parameters: [Parameter] = []
        for (index, argument) in function.arguments.enumerated() {
            let next = index + 1 < function.arguments.count ? function.arguments[index + 1] : nil
            let note = arguments[argument.name]
            if index == 0 && argument.type.hasSuffix("Ptr") || note?.isHidden == true { continue }
            if let composition, composition.argument == argument.name { parameters += composition.parts }
            if let kind = note?.kind {
                parameters.append(parameter(argument, kind))
            } else if argument.type == "virTypedParameterPtr", let next, !next.type.hasSuffix("*") {
                guard let typed = self.parameters else { return nil }
                parameters += typed.inputs(of: argument.name, units: units)
            } else if let kind = kind(of: argument, in: function) {
                parameters.append(parameter(argument, kind))
            } else if !isOutput(argument) && !isCount(argument, in: function) && !isUnused(argument) {
                return nil
            }
        }
        return parameters
    }

    private func parameter(_ argument: Function.Argument, _ kind: Parameter.Kind) -> Parameter {
        let note = arguments[argument.name]
        return Parameter(
            name: argument.name, kind: kind, isRequired: note?.isRequired ?? isRequired(argument, kind),
            unit: note?.unit ?? Unit(describedBy: argument.documentation, of: kind), documentation: argument.documentation)
    }

    private func isRequired(_ argument: Function.Argument, _ kind: Parameter.Kind) -> Bool {
        switch kind {
        case .flags, .list: false
        case .xml where composition?.argument == argument.name: false
        default: defaults[argument.name] == nil && !["NULL", "(optional)", "Optional"].contains { argument.documentation.contains($0) }
        }
    }

    /// What an input is, from its C type and its text; nil if it is none.
    private func kind(of argument: Function.Argument, in function: Function) -> Parameter.Kind? {
        let text = argument.documentation
        switch argument.type {
        case "const char *": return argument.name.lowercased().contains("xml") ? .xml : .string
        case "const char **": return .list(of: argument.name.lowercased().contains("xml") ? .xml : .string)
        case "unsigned char *": return text.contains("(IN)") ? .cpus : nil
        case "virConnectPtr": return .host
        default: break
        }
        guard let range = Self.ranges[argument.type], !isCount(argument, in: function), !isUnused(argument) else { return nil }
        let enumeration = Enumeration(named: text)
        if argument.name == "flags" || text.contains("-OR of"), let enumeration { return .flags(enumeration) }
        if argument.name == "flags" { return nil }
        if let enumeration { return .enumeration(enumeration) }
        if text.contains("0 or 1") || text.contains("0 to disable/1 to enable") || argument.name == "autostart" { return .boolean }
        return range
    }

    /// The length of another argument.
    private func isCount(_ argument: Function.Argument, in function: Function) -> Bool {
        let name = argument.name
        return ["maplen", "nameslen", "nparams", "ncpus", "ncpumaps", "nr_stats"].contains(name) && arguments[name]?.kind == nil
            || name.hasPrefix("max") && name != "maxCells" && function.arguments.contains { $0.type.hasSuffix("*") || $0.type.hasSuffix("const") }
            || function.arguments.contains { $0.type.hasSuffix("*") && name == "n" + $0.name }
    }

    private func isOutput(_ argument: Function.Argument) -> Bool {
        let type = argument.type
        return type.hasSuffix("*") && !type.hasPrefix("const") || type.hasSuffix("* const") || (type.hasSuffix("Ptr") && type != "virConnectPtr")
    }

    private func isUnused(_ argument: Function.Argument) -> Bool {
        argument.name == "flags" && Enumeration(named: argument.documentation) == nil
    }
}

extension TypedParameters {
    /// What may be given for the argument of that name.
    func inputs(of argument: String, units: [String: Unit]) -> [Parameter] {
        let names = ParameterName.all(prefixed: prefixes)
        var seen: Set<String> = []
        return names.filter { seen.insert($0.name).inserted }.map { name in
            let type = types[name.name] ?? name.type ?? type
            let isList = name.documentation.contains("multiple field")
            return Parameter(
                name: name.name, kind: isList ? .list(of: Self.kind(type, name.name)) : Self.kind(type, name.name), isRequired: false,
                unit: units[name.name] ?? Unit(describedBy: name.documentation, of: Self.kind(type, name.name)), documentation: name.documentation,
                typed: .init(argument: argument, type: type))
        }
    }

    private static func kind(_ type: String, _ name: String) -> Parameter.Kind {
        switch type {
        case "int": .signed(Int64(Int32.min)...Int64(Int32.max))
        case "uint": .unsigned(0...UInt64(UInt32.max))
        case "llong": .signed(.min ... .max)
        case "ullong": .unsigned(0...UInt64.max)
        case "double": .double
        case "boolean": .boolean
        default: name.lowercased().contains("xml") ? .xml : .string
        }
    }
}

extension Unit {
    /// The unit that libvirt's text about a number names, if it names one.
    init?(describedBy text: String, of kind: Parameter.Kind) {
        switch kind {
        case .signed, .unsigned, .double: self.init(describedBy: text)
        default: return nil
        }
    }

    init?(describedBy text: String) {
        let words: [(String, Unit)] = [
            ("kibibytes", .kibibytes), ("kilobytes", .kibibytes), ("KBytes", .kibibytes), ("KiB", .kibibytes), ("nanosecond", .nanoseconds),
            ("microsecond", .microseconds), ("millisecond", .milliseconds), ("(in msec)", .milliseconds), ("MHz", .megahertz),
            ("CPU frequency", .megahertz), ("bytes/s", .bytesPerSecond), ("bytes per second", .bytesPerSecond), ("in seconds", .seconds),
            ("(in bytes)", .bytes), ("in bytes", .bytes), (" bytes", .bytes),
        ]
        guard !text.contains("MiB"), !text.contains("flags determine the unit"), let unit = words.first(where: { text.contains($0.0) })?.1 else {
            return nil
        }
        self = unit
    }
}
