// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// One argument of a C function as a form or a query gives it.
public struct Parameter: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case boolean
        case signed(ClosedRange<Int64>)
        case unsigned(ClosedRange<UInt64>)
        case string
        case xml
        case flags(Enumeration, except: [String] = [])

        /// The type's name in documents.
        public var name: String {
            switch self {
            case .boolean: "boolean"
            case .signed: "int"
            case .unsigned: "unsigned"
            case .string: "string"
            case .xml: "xml"
            case .flags: "flags"
            }
        }
    }

    /// The C argument's name.
    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    public let unit: Unit?
    /// What libvirt says of it.
    public let documentation: String

    /// The constants that a form offers; empty unless the parameter is a set of flags.
    public var constants: [Constant] {
        guard case .flags(let enumeration, let except) = kind else { return [] }
        return enumeration.flags.filter { !except.contains($0.name) }
    }

    /// Reads what the caller wrote. Throws an `ArgumentError` that names this parameter.
    func read(_ texts: [String]) throws(ArgumentError) -> ArgumentValue {
        if case .flags = kind { return .flags(try flags(texts)) }
        guard let text = texts.first, texts.count == 1 else { throw refusal("It is given \(texts.count) times.") }
        switch kind {
        case .boolean:
            switch text.lowercased() {
            case "1", "true", "on", "yes": return .integer(1)
            case "0", "false", "off", "no": return .integer(0)
            default: throw refusal("It is true or false.")
            }
        case .signed(let range):
            guard let number = Int64(text), range.contains(number) else {
                throw refusal("It is a whole number from \(range.lowerBound) to \(range.upperBound).")
            }
            return .integer(number)
        case .unsigned(let range):
            guard let number = UInt64(text), range.contains(number) else {
                throw refusal("It is a whole number from \(range.lowerBound) to \(range.upperBound).")
            }
            return .unsigned(number)
        case .string, .xml:
            guard !text.utf8.contains(0) else { throw refusal("It holds a NUL character.") }
            return .string(text)
        case .flags:
            return .flags(0)
        }
    }

    private func flags(_ texts: [String]) throws(ArgumentError) -> UInt32 {
        var flags: UInt32 = 0
        for text in texts where !text.isEmpty {
            guard let constant = constants.first(where: { $0.isNamed(text) }) else {
                throw refusal("There is no flag of that name. The flags are: \(constants.map(\.commonName).joined(separator: ", ")).")
            }
            flags |= UInt32(truncatingIfNeeded: constant.value)
        }
        return flags
    }

    func refusal(_ message: String) -> ArgumentError { ArgumentError(parameter: name, message: message) }
}
