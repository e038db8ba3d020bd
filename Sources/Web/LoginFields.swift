// SPDX-License-Identifier: GPL-2.0-or-later
import Commands

/// What the form to log in sends.
struct LoginFields {
    static let names = ["name", "password", "next"]

    let name: String
    let password: String
    /// An address of this server; nil: none, or one of another.
    let next: String?

    /// Throws for a form of another shape.
    init(_ fields: [RequestForm.Field]) throws(ArgumentError) {
        var values: [String: String] = [:]
        for field in fields {
            guard Self.names.contains(field.name) else {
                throw ArgumentError(parameter: field.name, message: "There is no parameter of that name.")
            }
            guard values.updateValue(field.text, forKey: field.name) == nil else {
                throw ArgumentError(parameter: field.name, message: "It is given once.")
            }
        }
        for required in ["name", "password"] where values[required] == nil { throw ArgumentError(parameter: required, message: "It is missing.") }
        name = values["name"] ?? ""
        password = values["password"] ?? ""
        next = ReturnPath.checked(values["next"])
    }
}
