// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import XML

extension Command {
    /// What a call gave, with what the function's texts and its note say of it.
    func value(of result: CallResult) throws(CommandError) -> Value {
        if result.outputs.isEmpty { return try returned(result.returned) }
        var fields = result.outputs
        if case .field(let name)? = note.result { fields.insert(.init(name, result.returned), at: 0) }
        if fields.count == 1, let field = fields.first, function.fields.isEmpty { return value(of: field.value, named: field.name) }
        let values = fields.map { Value.Field($0.name, value(of: $0.value, named: $0.name)) }
        return .structure(note.fields?(values) ?? values)
    }

    private func returned(_ datum: Datum) throws(CommandError) -> Value {
        switch (datum, note.result) {
        case (.integer(let number), .enumeration(let enumeration)?): return .enumeration(name: enumeration.name(of: number), number)
        case (.integer(let number), _):
            if let enumeration = Enumeration(named: function.returnDocumentation) { return .enumeration(name: enumeration.name(of: number), number) }
            return isTruth ? .boolean(number == 1) : isCount ? .integer(number) : .none
        case (.string(let text), .text?): return .string(text)
        case (.string(let text), nil) where isXML: return try Self.xml(text)
        case (.unsigned(let number), nil): return .unsigned(number, Unit(describedBy: function.returnDocumentation))
        default: return value(of: datum, named: "")
        }
    }

    private var isXML: Bool { function.returnDocumentation.uppercased().contains("XML") }
    private var isTruth: Bool { ["1 if", "0 if"].allSatisfy { function.returnDocumentation.contains($0) } }
    private var isCount: Bool { ["number", "maximum"].contains { function.returnDocumentation.contains($0) } }

    /// What libvirt wrote, as long as it is XML.
    private static func xml(_ text: String) throws(CommandError) -> Value {
        do throws(XMLError) { return .xml(try Fragment(parsing: text)) } catch {
            throw .invalidResult("libvirt's answer is no well-formed XML: \(error)")
        }
    }

    /// - Parameter name: of the argument, field or typed parameter, whose text says what it is; empty if it has none.
    private func value(of datum: Datum, named name: String) -> Value {
        let argument = function.arguments.first { $0.name == name } ?? function.fields.first { $0.name == name }
        let text = argument?.documentation ?? ""
        switch datum {
        case .none: return .none
        case .integer(let number): return self.number(number, text, name) ?? .integer(number, unit(name, text))
        case .unsigned(let number):
            if text.contains("version") || name == "libVer" { return .version(UInt(number)) }
            return Int64(exactly: number).flatMap { self.number($0, text, name) } ?? .unsigned(number, unit(name, text))
        case .string(let text): return .string(text)
        case .bytes(let bytes): return .bytes(bytes)
        case .cpus(let members): return .cpus(CPUSet(members))
        case .object(let identity): return .object(ObjectLink(identity))
        case .parameters(let parameters): return .structure(parameters.map { Value.Field($0.name, value(of: $0)) })
        case .list(let items): return .list(items.map { value(of: $0, named: "") })
        case .structure(let fields):
            return .structure(fields.map { Value.Field($0.name, value(of: $0.value, named: $0.name)) })
        }
    }

    /// A number that stands for something else: a constant or a truth.
    private func number(_ number: Int64, _ text: String, _ name: String) -> Value? {
        if let enumeration = note.enumerations[name] ?? Enumeration(named: text) {
            return .enumeration(name: enumeration.name(of: number), number)
        }
        return ["autostart", "enforcing"].contains(name) ? .boolean(number != 0) : nil
    }

    private func value(of parameter: TypedParameter) -> Value {
        let unit = unit(parameter.name, documentation(of: parameter.name))
        switch parameter.value {
        case .int(let number): return self.number(Int64(number), "", parameter.name) ?? .integer(Int64(number), unit)
        case .uint(let number): return .unsigned(UInt64(number), unit)
        case .llong(let number): return .integer(number, unit)
        case .ullong(let number): return .unsigned(number, unit)
        case .double(let number): return .double(number, unit)
        case .boolean(let flag): return .boolean(flag)
        case .string(let text): return .string(text)
        }
    }

    private func documentation(of name: String) -> String {
        guard let prefixes = note.parameters?.prefixes else { return "" }
        return ParameterName.all(prefixed: prefixes).first { $0.name == name }?.documentation ?? ""
    }

    private func unit(_ name: String, _ text: String) -> Unit? {
        if let unit = note.units[name] { return unit }
        return Unit(describedBy: text)
    }
}
