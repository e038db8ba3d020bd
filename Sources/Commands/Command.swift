// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Libvirt
import XML

/// One libvirt function as a value: from it come its route, its form, its documentation and its call.
public struct Command: Sendable {
    /// Where a page puts it.
    public enum Role: String, Sendable {
        case primary, secondary, forced, configuration, removal, reading
    }

    public let function: Function
    /// The kind of object that it is called on.
    public let object: ObjectKind
    public private(set) var parameters: [Parameter]
    public let requirements: [Requirement]
    let note: Note
    private let placedRole: Role

    /// Nil for a function that cannot be called, or whose arguments cannot be given.
    init?(_ function: Function, note: Note, requirements: [Requirement]?) {
        guard let object = function.object, function.isCallable, let parameters = note.parameters(of: function) else { return nil }
        self.function = function
        self.object = object
        self.parameters = parameters
        self.note = note
        // Of a function that is newer than the table nobody knows what it asks for, so it asks for what changes all.
        let asked = requirements ?? [Requirement(object.permission("write")), Requirement(object.permission("save"))]
        let isReading = asked.allSatisfy { $0.permission.isReading || !$0.isConstant }
        self.requirements = asked + (isReading ? [] : Reach.requirements(of: function, parameters))
        placedRole = note.role ?? (isReading ? .reading : .configuration)
    }

    public var name: String { function.name }
    public var role: Role { placedRole }
    /// A few words for a button.
    public var title: String { note.title ?? Self.title(of: function) }
    /// What a person should know before it runs; nil if nothing is lost by it.
    public var warning: String? { note.warning }
    /// The `virDomainState`s in which it makes sense; nil: all. Only for pages and for telling a conflict from another failure: libvirt has the last word.
    public var states: Set<Int32>? { note.states }

    /// Whether it can be run by GET: all that it asks for without flags is reading.
    public var isReading: Bool { requirements.allSatisfy { $0.permission.isReading || !$0.isConstant } }

    /// Whether it waits for the agent in the guest, which may never answer.
    public var waitsForGuest: Bool { note.waitsForGuest }

    /// Whether it takes long by nature, because it moves memory or disks.
    public var isLasting: Bool { Self.lasting.contains { name.hasPrefix($0) } }

    private static let lasting = [
        "virDomainMigrate", "virDomainSave", "virDomainManagedSave", "virDomainCoreDump", "virDomainRestore", "virDomainSnapshotCreate",
        "virDomainRevertToSnapshot", "virDomainSnapshotDelete", "virDomainCreate", "virStoragePoolBuild", "virStoragePoolCreate",
        "virStoragePoolDelete", "virStoragePoolRefresh", "virStorageVolCreate", "virStorageVolDelete", "virStorageVolResize", "virStorageVolWipe",
    ]

    /// The parameters for which another host is connected to.
    public var connected: [String] { function.arguments.dropFirst().filter { $0.type == "virConnectPtr" }.map(\.name) }

    /// What libvirt asks for when it is called with these arguments.
    public func permissions(for arguments: Arguments) -> [Permission] {
        let given = arguments.constants
        return requirements.filter { $0.holds(given: given, parameters: arguments.written) }.map(\.permission)
    }

    /// The same without the parameters and constants that ask for a permission which is not given.
    public func offering(_ isGiven: (Permission) -> Bool) -> Command {
        let refused = requirements.filter { !$0.isConstant && !$0.isFilter && $0.absent.isEmpty && !isGiven($0.permission) }
        guard !refused.isEmpty else { return self }
        let (names, constants) = (Set(refused.flatMap(\.parameters)), refused.flatMap(\.flags))
        var command = self
        command.parameters = parameters.filter { !names.contains($0.name) }.map { $0.without(constants) }
        return command
    }

    /// What it asks for whatever its flags are.
    public var permissions: [Permission] { requirements.filter(\.isConstant).map(\.permission) }

    /// What it asks for of each object of the list that it returns.
    public var filters: [Permission] { requirements.filter(\.isFilter).map(\.permission) }

    /// Whether it tells of all objects of a kind by their number, names or ids, from which none can be left out.
    public var countsObjects: Bool { !filters.isEmpty && !name.contains("ListAll") && name != "virConnectGetAllDomainStats" }

    /// Whether it may change the owner of a domain, as that stands in what it brings back, takes in or makes anew.
    public var mayChangeOwner: Bool {
        name == "virDomainSetMetadata"
            || ["virDomainCreate", "virDomainDefine", "virDomainRestore", "virDomainRevertTo", "virDomainRename", "virDomainMigrate"]
                .contains { name.hasPrefix($0) } && requirements.contains { $0.permission.object == "domain" && !$0.permission.isReading }
    }

    /// The parameter that gives a domain another name; nil if none does.
    public var renaming: String? { ["new_name", "dname", "destination_name"].first { name in parameters.contains { $0.name == name } } }

    /// The flags by which a change is for the running object or for its configuration; nil where it has none.
    public var impact: Impact? {
        guard !isReading, let flags = parameters.first(where: { $0.name == "flags" }) else { return nil }
        return [Impact.domain, .network].first { impact in flags.constants.contains { $0.commonName == impact.config } }
    }

    /// The flags that people usually mean who give none; nil where none is usual.
    public func usualFlags(isActive: Bool, isPersistent: Bool) -> [String]? {
        note.usual?(isActive, isPersistent) ?? impact?.usual(isActive: isActive, isPersistent: isPersistent)
    }

    var xmlParameter: Parameter? { parameters.first { $0.kind == .xml } }

    /// The kind of object that its XML names, which the gate is asked about.
    public var namedByXML: ObjectKind? { note.names }

    /// Whether it only takes XML in and starts nothing: what libvirt refuses about it then, with whatever code, is the XML.
    public var onlyStores: Bool {
        note.names != nil && note.savedIn == nil && !permissions.contains { $0.action == "start" }
    }

    /// Why the state forbids it, as a sentence; nil if it does not.
    public func obstacle(in state: DomainState, isPersistent: Bool) -> String? {
        if note.needs == .persistence, !isPersistent { return "The domain is transient: it has no stored configuration." }
        guard let states, !states.contains(state.state) else { return nil }
        return "The domain is \(state.text)."
    }

    /// The same for an object that is either active or not.
    public func obstacle(isActive: Bool?, isPersistent: Bool?) -> String? {
        switch note.needs {
        case .persistence where isPersistent == false: "The \(object.rawValue) is transient: it has no stored configuration."
        case .activity where isActive == false: "The \(object.rawValue) is not active."
        case .inactivity where isActive == true: "The \(object.rawValue) is active."
        default: nil
        }
    }

    /// Calls it on an object, blocking the thread until libvirt returns.
    /// - Parameters:
    ///   - connections: to the hosts that the arguments name, for parameters that take one.
    ///   - uris: of these hosts.
    public func run(
        on handle: borrowing Handle, with arguments: Arguments, connections: [String: Connection] = [:], uris: [String: String] = [:]
    ) throws(CommandError) -> Value {
        let result: CallResult
        do throws(LibvirtError) {
            result = try function.call(on: handle, arguments.call(connections: connections, uris: uris))
        } catch {
            throw .libvirt(error)
        }
        return try value(of: result)
    }
}

/// What can go wrong inside a command.
public enum CommandError: Error, Sendable {
    case libvirt(LibvirtError)
    /// libvirt returned what it should not, for example XML that is not well-formed.
    case invalidResult(String)
}

extension ObjectKind {
    /// What libvirt asks for before it finds one of them by its name: of a domain's snapshots and checkpoints more than of the domain.
    public var seeing: Permission { permission(self == .snapshot || self == .checkpoint ? "read" : "getattr") }

    /// How libvirt's permissions name the kind.
    public func permission(_ action: String) -> Permission {
        let object =
            switch self {
            case .connection: "connect"
            case .domain, .snapshot, .checkpoint: "domain"
            case .network: "network"
            case .port: "network_port"
            case .pool: "storage_pool"
            case .volume: "storage_vol"
            case .interface: "interface"
            case .device: "node_device"
            case .filter: "nwfilter"
            case .binding: "nwfilter_binding"
            case .secret: "secret"
            }
        return Permission("\(object):\(action)")
    }
}

extension CommandError: LibvirtFailure {
    public var libvirtError: LibvirtError? {
        guard case .libvirt(let error) = self else { return nil }
        return error
    }
}
