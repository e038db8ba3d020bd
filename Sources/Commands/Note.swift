// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// What libvirt's API description does not say of a function: a row of the hand-written table. A function without one is as its
/// description makes it.
struct Note: Sendable {
    /// What must be so of an object that is either active or not, or either persistent or not.
    enum Needs: Sendable { case persistence, activity, inactivity }

    var title: String?
    var role: Command.Role?
    var warning: String?
    var states: Set<Int32>?
    var needs: Needs?
    /// What its XML names, which it makes or changes.
    var names: ObjectKind?
    var waitsForGuest = false
    /// Arguments that differ from what their description says.
    var arguments: [String: ArgumentNote] = [:]
    /// The typed parameters that it takes, or gives.
    var parameters: TypedParameters?
    /// What its result is, where its description does not say.
    var result: ResultNote?
    /// The enums of numbers in it, and the units of others, where their texts name none.
    var enumerations: [String: Enumeration] = [:]
    var units: [String: Unit] = [:]
    /// What an optional argument is where it is left out, if that is not 0 or NULL.
    var defaults: [String: CallArguments.Argument] = [:]
    /// Mends a structure's fields that need each other to be understood.
    var fields: (@Sendable ([Value.Field]) -> [Value.Field])?
    /// The flags that people usually mean who give none, by whether the object is active and whether it is persistent.
    var usual: (@Sendable (_ isActive: Bool, _ isPersistent: Bool) -> [String])?
    /// The argument that is a path to a saved domain, which the function starts or changes.
    var savedIn: String?
    /// How an XML argument can be given in plain parts.
    var composition: Composition?
    /// Why arguments that are sound one by one do not fit together.
    var rule: (@Sendable (Arguments) -> ArgumentError?)?

    init(_ title: String? = nil, _ role: Command.Role? = nil, _ change: (inout Note) -> Void = { _ in }) {
        self.title = title
        self.role = role
        change(&self)
    }
}

/// What is known of an argument beyond its description.
struct ArgumentNote: Sendable {
    var kind: Parameter.Kind?
    var isRequired: Bool?
    var unit: Unit?
    /// Not an input: the call makes it.
    var isHidden = false

    static let hidden = ArgumentNote(isHidden: true)
    static let optional = ArgumentNote(isRequired: false)

    static func kind(_ kind: Parameter.Kind, isRequired: Bool? = nil) -> ArgumentNote { ArgumentNote(kind: kind, isRequired: isRequired) }
}

/// The names of typed parameters by the prefixes of their macros.
struct TypedParameters: Sendable {
    let prefixes: [String]
    /// The type of those whose documentation names none.
    var type = "ullong"
    /// The types of those that differ from it.
    var types: [String: String] = [:]
}

enum ResultNote: Sendable {
    /// Text, although the description speaks of XML.
    case text
    case enumeration(Enumeration)
    /// What it returns is a field of that name beside what it writes.
    case field(String)
}
