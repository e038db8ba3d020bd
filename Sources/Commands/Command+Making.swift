// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import Libvirt
import XML

/// How the table's rows are written: the function, its title and what libvirt's description does not say.
extension Command {
    typealias DomainCall = @Sendable (borrowing Domain, Arguments) throws(LibvirtError) -> Value
    typealias HostCall = @Sendable (Connection, Arguments) throws(LibvirtError) -> Value

    /// A function that reads a domain.
    static func reading(
        _ function: Function, _ title: String, _ parameters: [Parameter] = [],
        requirements: [Requirement] = [Requirement("domain:read")], states: Set<Int32>? = nil, call: @escaping DomainCall
    ) -> Command {
        Command(
            function: function, title: title, role: .reading, parameters: parameters, requirements: requirements, warning: nil,
            states: states, needsPersistence: false, call: .domain(lifted(call)))
    }

    /// A function that reads a host.
    static func hostReading(
        _ function: Function, _ title: String, _ parameters: [Parameter] = [],
        requirements: [Requirement] = [Requirement("connect:read")], call: @escaping HostCall
    ) -> Command {
        Command(
            function: function, title: title, role: .reading, parameters: parameters, requirements: requirements, warning: nil,
            states: nil, needsPersistence: false, call: .host(lifted(call)))
    }

    /// A function that changes a domain and returns nothing but success.
    static func modifying(
        _ function: Function, _ title: String, _ role: Role, _ parameters: [Parameter] = [], requirements: [Requirement],
        warning: String? = nil, states: Set<Int32>? = nil, needsPersistence: Bool = false,
        call: @escaping @Sendable (borrowing Domain, Arguments) throws(LibvirtError) -> Void
    ) -> Command {
        Command(
            function: function, title: title, role: role, parameters: parameters, requirements: requirements, warning: warning,
            states: states, needsPersistence: needsPersistence,
            call: .domain { domain, arguments throws(CommandError) in
                do throws(LibvirtError) { try call(domain, arguments) } catch { throw .libvirt(error) }
                return .none
            })
    }

    /// A function of a host that makes or changes something on it.
    static func hostModifying(
        _ function: Function, _ title: String, _ role: Role, _ parameters: [Parameter] = [], requirements: [Requirement],
        call: @escaping HostCall
    ) -> Command {
        Command(
            function: function, title: title, role: role, parameters: parameters, requirements: requirements, warning: nil,
            states: nil, needsPersistence: false, call: .host(lifted(call)))
    }

    private static func lifted(_ call: @escaping DomainCall) -> @Sendable (borrowing Domain, Arguments) throws(CommandError) -> Value {
        { domain, arguments throws(CommandError) in
            do throws(LibvirtError) { return try call(domain, arguments) } catch { throw .libvirt(error) }
        }
    }

    private static func lifted(_ call: @escaping HostCall) -> @Sendable (Connection, Arguments) throws(CommandError) -> Value {
        { connection, arguments throws(CommandError) in
            do throws(LibvirtError) { return try call(connection, arguments) } catch { throw .libvirt(error) }
        }
    }
}

extension Function {
    /// The argument of that name as a parameter, with libvirt's text for it.
    func parameter(_ name: String, _ kind: Parameter.Kind, isRequired: Bool = true, unit: Unit? = nil) -> Parameter {
        Parameter(
            name: name, kind: kind, isRequired: isRequired, unit: unit,
            documentation: arguments.first { $0.name == name }?.documentation ?? "")
    }

    /// The argument `flags` with the constants of an enum, which may always be left out.
    func flags(_ enumeration: Enumeration, except: [String] = []) -> Parameter {
        parameter("flags", .flags(enumeration, except: except), isRequired: false)
    }
}
