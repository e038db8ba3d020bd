// SPDX-License-Identifier: GPL-2.0-or-later
import XML

/// How an XML argument that is seldom more than a name and a description can be given as these two.
struct Composition: Sendable {
    /// The argument that is XML.
    let argument: String
    let root: String

    init(_ argument: String, root: String) {
        self.argument = argument
        self.root = root
    }

    /// What may be given instead of the argument.
    var parts: [Parameter] {
        [("name", "its name; without one libvirt makes one up"), ("description", "what it is for")].map { name, documentation in
            Parameter(name: name, kind: .string, isRequired: false, unit: nil, documentation: documentation)
        }
    }

    /// Puts the argument in the place of its parts.
    func compose(_ values: inout [String: ArgumentValue]) throws(ArgumentError) {
        let given = parts.compactMap { part -> (name: String, text: String)? in
            guard case .string(let text)? = values.removeValue(forKey: part.name) else { return nil }
            return (part.name, text)
        }
        guard values[argument] == nil else {
            guard let part = given.first else { return }
            throw ArgumentError(parameter: part.name, message: "It stands in \(argument), if that is given.")
        }
        values[argument] = .string(Fragment(element: root, children: given).text)
    }
}
