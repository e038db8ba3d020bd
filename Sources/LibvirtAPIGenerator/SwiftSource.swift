// SPDX-License-Identifier: GPL-2.0-or-later

/// The Swift source that stands for a description: one `static let` for each enum and each function, because a single
/// literal of all of them takes the compiler gigabytes.
struct SwiftSource {
    private(set) var text = "// Generated from libvirt-api.xml.\n\n"

    init(_ description: APIDescription) {
        text += "extension Enumeration {\n"
        for (name, constants) in description.enums.sorted(by: { $0.key < $1.key }) {
            text += "    public static let \(name) = Enumeration(name: \(quoted(name)), constants: [\n"
            for constant in constants {
                text += "        Constant(name: \(quoted(constant.name)), value: \(constant.value), "
                text += "documentation: \(quoted(constant.documentation)), alias: \(constant.alias.map(quoted) ?? "nil")),\n"
            }
            text += "    ])\n"
        }
        text += "}\n\nextension Function {\n"
        for function in description.functions {
            text += "    public static let \(function.name) = Function(\n"
            text += "        name: \(quoted(function.name)), since: \(quoted(function.since)), returnType: \(quoted(function.returnType)),\n"
            text += "        documentation: \(quoted(function.documentation)),\n        arguments: [\n"
            for argument in function.arguments {
                text += "            Argument(name: \(quoted(argument.name)), type: \(quoted(argument.type)), "
                text += "documentation: \(quoted(argument.documentation))),\n"
            }
            text += "        ])\n"
        }
        text += "}\n"
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
