// SPDX-License-Identifier: GPL-2.0-or-later

/// The Swift source of one function's call, for a function whose arguments are all of regular families: objects, numbers, strings,
/// flags, lists of strings and typed parameters in; numbers, strings, structs, objects, typed parameters and lists of them out.
struct CallSource {
    /// The body of a function of `object` and `arguments` that gives a `CallResult`.
    private(set) var body: [String] = []
    /// The fields of the struct that the function fills, if it does.
    private(set) var fields: [APIDescription.Argument] = []
    private let description: APIDescription
    private let function: APIDescription.Function

    private var values: [String] = []
    private var variables: [String] = []
    private var outputs: [String] = []
    /// Closures around the call, each with the names that it binds.
    private var wrappers: [String] = []
    /// A list that the call's result counts.
    private var list: String?

    /// Nil for a function that is not regular.
    init?(_ function: APIDescription.Function, in description: APIDescription) {
        self.function = function
        self.description = description
        guard let first = function.arguments.first, CType.objects[first.type] != nil else { return nil }
        values.append("object.pointer")
        var index = 1
        while index < function.arguments.count {
            guard let count = add(at: index) else { return nil }
            index += count
        }
        guard finish() else { return nil }
    }

    /// Adds the argument at `index`; returns how many arguments it took, or nil if it is none of the families.
    private mutating func add(at index: Int) -> Int? {
        let argument = function.arguments[index]
        let next = index + 1 < function.arguments.count ? function.arguments[index + 1] : nil
        let (name, type) = (argument.name, argument.type)
        if let getter = CType.scalars[type]?.getter, !isCount(argument) {
            values.append("arguments.\(getter)(\"\(name)\")")
            return 1
        }
        if type == "const char *" {
            values.append("arguments.string(\"\(name)\")")
            return 1
        }
        if let next, CType.scalars[next.type] != nil, let count = addCounted(argument, next) { return count }
        if let next, type == "virTypedParameterPtr", next.type == "int *" { return addList("filledParameters", argument, next) }
        if type == "virTypedParameterPtr *", let next { return addGivenParameters(argument, next) }
        if let kind = CType.objects.first(where: { type == "\($0.key) **" })?.value {
            return addGiven("receivedObjects(.\(kind), of: object)", argument)
        }
        if type == "char ***" { return addGiven("receivedStrings", argument) }
        if type == "unsigned char *", name == "uuid" { return addGiven("receivedUUID", argument) }
        if type == "char *", name == "buf" { return addGiven("receivedUUIDString", argument) }
        if let pointee = description.pointee(of: type) { return addStruct(argument, pointee, next) }
        if let scalar = CType.scalars.first(where: { type == "\($0.key) *" })?.value, !function.arguments.contains(where: isCount) {
            variables.append("var \(name): \(scalar.type) = 0")
            values.append("&\(name)")
            outputs.append("(\"\(name)\", \(scalar.isSigned ? ".integer(Int64(\(name)))" : ".unsigned(UInt64(\(name)))"))")
            return 1
        }
        return nil
    }

    /// A number that says how long something else is.
    private func isCount(_ argument: APIDescription.Argument) -> Bool {
        guard CType.scalars[argument.type] != nil else { return false }
        let name = argument.name
        return argument.type == "size_t" || ["maplen", "nameslen", "cellCount"].contains(name) || name.hasPrefix("max") || name.hasPrefix("nr_")
            || function.arguments.contains { $0.type.hasSuffix("*") && (name == "n" + $0.name) }
            || function.arguments.contains { $0.type == "virTypedParameterPtr" } && name == "nparams"
    }

    /// An array followed by its length.
    private mutating func addCounted(_ argument: APIDescription.Argument, _ next: APIDescription.Argument) -> Int? {
        let name = argument.name
        let count = CType.scalars[next.type]?.type ?? "CInt"
        switch argument.type {
        case "const char **" where next.name.hasPrefix("n"): wrappers.append("arguments.withStrings(\"\(name)\") { \(name), \(next.name) in")
        case "virTypedParameterPtr" where isCount(next):
            wrappers.append("arguments.withTypedParameters(\"\(name)\") { \(name), \(next.name) in")
        case "unsigned char *" where next.name == "maplen" && argument.documentation.contains("(IN)"):
            wrappers.append("arguments.withBytes(\"\(name)\") { \(name), \(next.name) in")
        case "char ** const" where isCount(next), "char **" where isCount(next):
            return addList("receivedNames", argument, next)
        default: return nil
        }
        values += [name, "\(count)(\(next.name))"]
        return 2
    }

    /// A list whose room the caller makes.
    private mutating func addList(_ helper: String, _ argument: APIDescription.Argument, _ next: APIDescription.Argument) -> Int? {
        guard list == nil else { return nil }
        list = "unsafe \(helper) { \(argument.name), \(next.name) in"
        values += [argument.name, next.name]
        outputs.append("(\"\(argument.name)\", \(argument.name))")
        return 2
    }

    /// A list, a UUID or another thing that one helper receives.
    private mutating func addGiven(_ helper: String, _ argument: APIDescription.Argument) -> Int? {
        guard list == nil else { return nil }
        list = "unsafe \(helper) { \(argument.name) in"
        values.append(argument.name)
        outputs.append("(\"\(argument.name)\", \(argument.name))")
        return 1
    }

    /// Typed parameters that libvirt allocates.
    private mutating func addGivenParameters(_ argument: APIDescription.Argument, _ next: APIDescription.Argument) -> Int? {
        guard list == nil, next.name == "nparams", let type = CType.scalars.first(where: { next.type == "\($0.key) *" })?.value else { return nil }
        variables.append("var \(next.name): \(type.type) = 0")
        list = "unsafe givenParameters(count: { Int(\(next.name)) }) { \(argument.name) in"
        values += [argument.name, "&\(next.name)"]
        outputs.append("(\"\(argument.name)\", \(argument.name))")
        return 2
    }

    private mutating func addStruct(
        _ argument: APIDescription.Argument, _ pointee: (name: String, fields: [APIDescription.Argument]), _ next: APIDescription.Argument?
    ) -> Int? {
        if let next, isCount(next) || CType.scalars[next.type] == nil { return nil }
        var members: [String] = []
        for field in pointee.fields {
            let type = description.typedefs[field.type] ?? field.type
            if let scalar = CType.scalars[type] {
                let number = scalar.isSigned ? ".integer(Int64(\(argument.name).\(field.name)))" : ".unsigned(UInt64(\(argument.name).\(field.name)))"
                members.append("(\"\(field.name)\", \(number))")
            } else if type.hasPrefix("char "), type.hasSuffix("]"), !type.contains("SECURITY_LABEL") {  // too long for Swift to import
                members.append("(\"\(field.name)\", .string(text(in: \(argument.name).\(field.name))))")
            } else {
                return nil
            }
        }
        variables.append("var \(argument.name) = \(pointee.name)()")
        values.append("&\(argument.name)")
        outputs += members
        fields = pointee.fields
        return 1
    }

    /// Puts the call together with what it returns.
    private mutating func finish() -> Bool {
        let call = "CLibvirt.\(function.name)(\(values.joined(separator: ", ")))"
        body = variables
        let results = outputs.isEmpty ? "" : ", [\(outputs.joined(separator: ", "))]"
        if let list {
            guard function.returnType == "int", outputs.count == 1 || !variables.isEmpty else { return false }
            let name = outputs.last.map { $0.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" } } ?? "list"
            body += ["let \(name) = try \(wrapped("\(list) unsafe \(call) }"))", "return CallResult(.none\(results))"]
            return true
        }
        let returned: String
        switch function.returnType {
        case "int": returned = ".integer(Int64(try unsafe check(\(wrapped(call)))))"
        case "unsigned int": returned = "try unsafe identifier(\(wrapped(call)))"
        case "unsigned long", "unsigned long long": returned = "try unsafe size(UInt64(\(wrapped(call))))"
        case "char *": returned = "try unsafe owned(\(wrapped(call)))"
        case "const char *": returned = "try unsafe borrowed(\(wrapped(call)))"
        default:
            guard let kind = CType.objects[function.returnType], kind != "connection" else { return false }
            returned = "try unsafe made(.\(kind), of: object, \(wrapped(call)))"
        }
        body +=
            results.isEmpty
            ? ["return CallResult(\(returned))"] : ["let returned: Datum = \(returned)", "return CallResult(returned\(results))"]
        return true
    }

    private func wrapped(_ call: String) -> String {
        wrappers.isEmpty ? call : wrappers.reversed().reduce("unsafe " + call) { "\($1) \($0) }" }
    }
}
