// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Libvirt

/// One libvirt function as a value: from it come its route, its form, its documentation and its call.
public struct Command: Sendable {
    /// What the function's first argument is, and how it is called.
    public enum Call: Sendable {
        case domain(@Sendable (borrowing Domain, Arguments) throws(CommandError) -> Value)
        case host(@Sendable (Connection, Arguments) throws(CommandError) -> Value)
    }

    /// Where a page puts it.
    public enum Role: String, Sendable {
        case primary, secondary, forced, configuration, removal, reading
    }

    public let function: Function
    /// A few words for a button.
    public let title: String
    public let role: Role
    public let parameters: [Parameter]
    public let requirements: [Requirement]
    /// What a person should know before it runs; nil if nothing is lost by it.
    public let warning: String?
    /// The `virDomainState`s in which it makes sense; nil: all. Only for pages and for telling a conflict from another failure: libvirt has the last word.
    public let states: Set<Int32>?
    /// Whether only a persistent domain has it.
    public let needsPersistence: Bool
    public let call: Call

    public var name: String { function.name }

    /// Whether it can be run by GET: all that it asks for without flags is reading.
    public var isReading: Bool { requirements.allSatisfy { $0.permission.isReading || !$0.isConstant } }

    /// What libvirt asks for when it is called with these arguments.
    public func permissions(for arguments: Arguments) -> [Permission] {
        let flags = arguments.flags()
        let constants = parameters.first { $0.name == "flags" }?.constants ?? []
        let given = Set(constants.filter { flags & UInt32(truncatingIfNeeded: $0.value) != 0 }.map(\.commonName))
        return requirements.filter { $0.holds(given: given) }.map(\.permission)
    }

    /// What it asks for whatever its flags are.
    public var permissions: [Permission] { requirements.filter(\.isConstant).map(\.permission) }

    /// Whether it only takes XML in and starts nothing: what libvirt refuses about it then, with whatever code, is the XML.
    public var onlyStores: Bool {
        parameters.contains { $0.kind == .xml } && !permissions.contains("domain:start")
    }

    /// Why the state forbids it, as a sentence; nil if it does not.
    public func obstacle(in state: DomainState, isPersistent: Bool) -> String? {
        if needsPersistence, !isPersistent { return "The domain is transient: it has no stored configuration." }
        guard let states, !states.contains(state.state) else { return nil }
        return "The domain is \(state.text)."
    }
}

/// What can go wrong inside a command.
public enum CommandError: Error, Sendable {
    case libvirt(LibvirtError)
    /// libvirt returned what it should not, for example XML that is not well-formed.
    case invalidResult(String)
}
