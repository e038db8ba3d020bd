// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import FoundationXML

/// What `libvirt-api.xml` says, as far as the server needs it.
struct APIDescription {
    struct Constant {
        let name: String
        let value: Int64
        let documentation: String
        /// The constant of another enum that it stands for.
        let alias: String?
    }

    struct Argument {
        let name: String
        let type: String
        let documentation: String
    }

    struct Function {
        let name: String
        let since: String
        let documentation: String
        let returnType: String
        let arguments: [Argument]
    }

    /// The constants of each C enum, by the enum's name, in the order of their values.
    private(set) var enums: [String: [Constant]] = [:]
    private(set) var functions: [Function] = []
    private var byName: [String: Constant] = [:]

    init(contentsOf file: URL) throws {
        let root = try XMLDocument(contentsOf: file).rootElement()
        for symbols in root?.elements(forName: "symbols") ?? [] {
            let constants = symbols.elements(forName: "enum")
            for element in constants { addConstant(element) }
            for element in constants { addAlias(element) }
            for element in symbols.elements(forName: "function") { addFunction(element) }
        }
        for (name, constants) in enums { enums[name] = constants.sorted { ($0.value, $0.name) < ($1.value, $1.name) } }
        functions.sort { $0.name < $1.name }
    }

    private mutating func addConstant(_ element: XMLElement) {
        guard let name = element["name"], let type = element["type"], let value = element["value"].flatMap({ Int64($0) }) else { return }
        let constant = Constant(name: name, value: value, documentation: element["info"].map(unwrapped) ?? "", alias: nil)
        enums[type, default: []].append(constant)
        byName[name] = constant
    }

    /// `VIR_DOMAIN_MEM_CONFIG` has no number but says that it is `VIR_DOMAIN_AFFECT_CONFIG`, and is documented there.
    private mutating func addAlias(_ element: XMLElement) {
        guard let name = element["name"], let type = element["type"], let original = element["value"].flatMap({ byName[$0] }) else { return }
        enums[type, default: []].append(
            Constant(name: name, value: original.value, documentation: original.documentation, alias: original.name))
    }

    private mutating func addFunction(_ element: XMLElement) {
        guard let name = element["name"] else { return }
        let arguments = element.elements(forName: "arg").map { argument in
            Argument(name: argument["name"] ?? "", type: argument["type"] ?? "", documentation: unwrapped(argument["info"] ?? ""))
        }
        functions.append(
            Function(
                name: name,
                since: element["version"] ?? "",
                documentation: element.elements(forName: "info").first?.stringValue ?? "",
                returnType: element.elements(forName: "return").first?["type"] ?? "void",
                arguments: arguments))
    }

    /// The documentation's line breaks are the C comment's, not the reader's.
    private func unwrapped(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension XMLElement {
    fileprivate subscript(name: String) -> String? { attribute(forName: name)?.stringValue }
}
