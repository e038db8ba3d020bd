// SPDX-License-Identifier: GPL-2.0-or-later

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

enum ArgumentValue: Hashable, Sendable {
    case integer(Int64)
    case unsigned(UInt64)
    case string(String)
    case flags(UInt32)
}

/// The parameters of one call, checked against its command: every value has its type and range, nothing unknown is among them.
public struct Arguments: Hashable, Sendable {
    private let values: [String: ArgumentValue]

    /// What the caller wrote, in order.
    public let given: [(name: String, text: String)]

    public static func == (left: Arguments, right: Arguments) -> Bool { left.values == right.values }
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }

    /// Reads what the caller wrote. A repeated name stands for a set of flags. An empty text stands for a parameter
    /// left out, as forms send it, if that is optional.
    public init(_ given: [(name: String, text: String)], for command: Command) throws(ArgumentError) {
        var values: [String: ArgumentValue] = [:]
        for item in given where !command.parameters.contains(where: { $0.name.utf8.elementsEqual(item.name.utf8) }) {
            throw ArgumentError(parameter: item.name, message: "\(command.name) has no parameter of that name.")
        }
        for parameter in command.parameters {
            let texts = given.filter { $0.name == parameter.name }.map(\.text)
            if texts.isEmpty || (texts == [""] && (parameter.kind != .string || !parameter.isRequired)) {
                guard !parameter.isRequired else { throw parameter.refusal("It is missing.") }
                continue
            }
            values[parameter.name] = try parameter.read(texts)
        }
        self.values = values
        self.given = given
    }

    /// A set of flags; none if left out.
    public func flags(_ name: String = "flags") -> UInt32 {
        guard case .flags(let flags)? = values[name] else { return 0 }
        return flags
    }

    func string(_ name: String) -> String {
        guard case .string(let text)? = values[name] else { return "" }
        return text
    }

    func integer(_ name: String) -> Int64 {
        guard case .integer(let number)? = values[name] else { return 0 }
        return number
    }

    func unsigned(_ name: String) -> UInt64 {
        guard case .unsigned(let number)? = values[name] else { return 0 }
        return number
    }

    /// The text of the parameter that is XML, if the command has one.
    public func xml(of command: Command) -> String? {
        command.parameters.first { $0.kind == .xml }.map { string($0.name) }
    }
}
