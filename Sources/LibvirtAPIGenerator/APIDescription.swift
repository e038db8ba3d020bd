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

    /// An argument of a function or a field of a struct.
    struct Argument {
        let name: String
        let type: String
        let documentation: String
    }

    struct Function {
        let name: String
        let module: String
        let since: String
        let documentation: String
        let returnType: String
        let returnDocumentation: String
        let arguments: [Argument]
    }

    /// A macro that stands for a string: the name of a typed parameter.
    struct StringMacro {
        let name: String
        let string: String
        let documentation: String
    }

    /// The constants of each C enum, by the enum's name, in the order of their values.
    private(set) var enums: [String: [Constant]] = [:]
    private(set) var functions: [Function] = []
    private(set) var macros: [StringMacro] = []
    /// The fields of each struct, by the struct's name.
    private(set) var structs: [String: [Argument]] = [:]
    /// What each other type stands for.
    private(set) var typedefs: [String: String] = [:]
    private var byName: [String: Constant] = [:]

    init(contentsOf file: URL) throws {
        let root = try XMLDocument(contentsOf: file).rootElement()
        for symbols in root?.elements(forName: "symbols") ?? [] {
            let constants = symbols.elements(forName: "enum")
            for element in constants { addConstant(element) }
            for element in constants { addAlias(element) }
            for element in symbols.elements(forName: "function") { addFunction(element) }
            for element in symbols.elements(forName: "macro") { addMacro(element) }
            for element in symbols.elements(forName: "struct") { addStruct(element) }
            for element in symbols.elements(forName: "typedef") { typedefs[element["name"] ?? ""] = element["type"] }
        }
        for (name, constants) in enums { enums[name] = constants.sorted { ($0.value, $0.name) < ($1.value, $1.name) } }
        functions.sort { $0.name < $1.name }
        macros.sort { $0.name < $1.name }
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
        let result = element.elements(forName: "return").first
        functions.append(
            Function(
                name: name,
                module: element["module"] ?? element["file"] ?? "",
                since: element["version"] ?? "",
                documentation: element.elements(forName: "info").first?.stringValue ?? "",
                returnType: result?["type"] ?? "void",
                returnDocumentation: unwrapped(result?["info"] ?? ""),
                arguments: element.elements(forName: "arg").map(argument)))
    }

    private mutating func addMacro(_ element: XMLElement) {
        guard let name = element["name"], let string = element["string"] else { return }
        macros.append(
            StringMacro(name: name, string: string, documentation: unwrapped(element.elements(forName: "info").first?.stringValue ?? "")))
    }

    private mutating func addStruct(_ element: XMLElement) {
        structs[element["name"] ?? ""] = element.elements(forName: "field").map(argument)
    }

    private func argument(_ element: XMLElement) -> Argument {
        Argument(name: element["name"] ?? "", type: element["type"] ?? "", documentation: unwrapped(element["info"] ?? ""))
    }

    /// The documentation's line breaks are the C comment's, not the reader's.
    private func unwrapped(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The fields of the struct that a pointer type such as `virDomainInfoPtr` points to, and the struct's name.
    func pointee(of type: String) -> (name: String, fields: [Argument])? {
        guard let target = typedefs[type], target.hasSuffix("*") else { return nil }
        let name = target.dropLast().trimmingCharacters(in: .whitespaces)
        return structs[name].flatMap { $0.isEmpty ? nil : (name, $0) }
    }
}

extension XMLElement {
    fileprivate subscript(name: String) -> String? { attribute(forName: name)?.stringValue }
}
