// SPDX-License-Identifier: GPL-2.0-or-later

/// The Swift source that stands for a description: one `static let` for each enum and each function, because a single
/// literal of all of them takes the compiler gigabytes; and one `static func` for each regular call.
struct SwiftSource {
    private(set) var text = "// Generated from libvirt-api.xml.\nimport CLibvirt\n\n"

    /// - Parameter installed: the release whose headers are there; what came later is described but cannot be called.
    init(_ description: APIDescription, installed: Version) {
        text += "extension Enumeration {\n"
        for (name, constants) in description.enums.sorted(by: { $0.key < $1.key }) { add(name, constants) }
        text += "    static let all: [Enumeration] = [\n"
        for name in description.enums.keys.sorted() { text += "        .\(name),\n" }
        text += "    ]\n}\n\nextension ParameterName {\n    static let all: [ParameterName] = [\n"
        for macro in description.macros {
            text += "        ParameterName(macro: \(quoted(macro.name)), name: \(quoted(macro.string)), "
            text += "documentation: \(quoted(macro.documentation))),\n"
        }
        text += "    ]\n}\n\n"
        let callable = description.functions.filter { Version($0.since) <= installed }
        let calls = callable.reduce(into: [:]) { $0[$1.name] = CallSource($1, in: description) }
        text += "extension Function {\n"
        for function in description.functions { add(function, calls[function.name]) }
        text += "    static let generated: [Function] = [\n"
        for function in description.functions { text += "        .\(function.name),\n" }
        text += "    ]\n}\n\n/// The calls of regular functions.\nenum GeneratedCall {\n"
        for function in description.functions {
            guard let call = calls[function.name] else { continue }
            text += "    static func \(function.name)(_ object: borrowing Handle, _ arguments: CallArguments) throws(LibvirtError) -> CallResult {\n"
            for line in call.body { text += "        \(line)\n" }
            text += "    }\n"
        }
        text += "}\n"
    }

    private mutating func add(_ name: String, _ constants: [APIDescription.Constant]) {
        text += "    public static let \(name) = Enumeration(name: \(quoted(name)), constants: [\n"
        for constant in constants {
            text += "        Constant(name: \(quoted(constant.name)), value: \(constant.value), "
            text += "documentation: \(quoted(constant.documentation)), alias: \(constant.alias.map(quoted) ?? "nil")),\n"
        }
        text += "    ])\n"
    }

    private mutating func add(_ function: APIDescription.Function, _ call: CallSource?) {
        text += "    public static let \(function.name) = Function(\n"
        text += "        name: \(quoted(function.name)), module: \(quoted(function.module)), since: \(quoted(function.since)),\n"
        text += "        returnType: \(quoted(function.returnType)), returnDocumentation: \(quoted(function.returnDocumentation)),\n"
        text += "        documentation: \(quoted(function.documentation)),\n"
        text += "        arguments: \(list(function.arguments)),\n        fields: \(list(call?.fields ?? [])),\n"
        text += "        generatedCall: \(call == nil ? "nil" : "GeneratedCall.\(function.name)"))\n"
    }

    private func list(_ arguments: [APIDescription.Argument]) -> String {
        let items = arguments.map {
            "            Argument(name: \(quoted($0.name)), type: \(quoted($0.type)), documentation: \(quoted($0.documentation))),\n"
        }
        return items.isEmpty ? "[]" : "[\n\(items.joined())        ]"
    }

    private func quoted(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": literal += "\\\\"
            case "\"": literal += "\\\""
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }
}
