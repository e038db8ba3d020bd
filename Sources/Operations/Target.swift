// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Commands
public import Inventory
public import Libvirt

/// What a command is run on: a host, a domain, or another of a host's objects.
public struct Target: Sendable {
    public let host: String
    public let path: ObjectPath
    /// The domain, if it is one or belongs to one.
    public let vm: VM?
    /// Nil for a host and a domain.
    public let record: ObjectRecord?
    public let reference: ObjectReference

    public init(host: String) {
        self.init(host: host, path: ObjectPath([]), vm: nil, record: nil, reference: .host(host))
    }

    public init(vm: VM) {
        let path = ObjectPath([.init(.domain, ObjectName(vm.record.uuid.description))])
        self.init(host: vm.host, path: path, vm: vm, record: nil, reference: vm.reference)
    }

    /// - Parameter vm: the domain that it belongs to, if it does.
    public init(_ record: ObjectRecord, host: String, vm: VM? = nil) {
        let reference = vm?.reference ?? ObjectReference(record.identity, host: host)
        self.init(host: host, path: record.identity.path, vm: vm, record: record, reference: reference)
    }

    private init(host: String, path: ObjectPath, vm: VM?, record: ObjectRecord?, reference: ObjectReference) {
        self.host = host
        self.path = path
        self.vm = vm
        self.record = record
        self.reference = reference
    }

    public var kind: ObjectKind { path.kind }
    public var isDomain: Bool { kind == .domain }

    public var name: String { record?.identity.name.description ?? vm?.record.name ?? host }

    /// Nil for kinds that have none.
    public var uuid: String? { record.map { $0.identity.uuid?.description } ?? (isDomain ? vm?.record.uuid.description : nil) }

    var isActive: Bool? { record.map(\.isActive) ?? vm?.record.state.isActive }
    var isPersistent: Bool? { record.map(\.isPersistent) ?? vm?.record.isPersistent }

    /// Why the state forbids a command, as a sentence; nil if it does not.
    public func obstacle(to command: Command) -> String? {
        if isDomain, let vm { return command.obstacle(in: vm.record.state, isPersistent: vm.record.isPersistent) }
        return command.obstacle(isActive: isActive, isPersistent: isPersistent)
    }
}

extension ObjectReference {
    /// Of an object that neither is a domain nor belongs to one.
    init(_ identity: ObjectIdentity, host: String) {
        self.init(identity.path, name: identity.name.description, uuid: identity.uuid?.description, host: host)
    }

    /// Of what may be at that place, as far as its address tells.
    init(_ path: ObjectPath, host: String) { self.init(path, name: path.steps.last?.key.description ?? "", uuid: nil, host: host) }

    private init(_ path: ObjectPath, name: String, uuid: String?, host: String) {
        guard path.kind != .connection else {
            self = .host(host)
            return
        }
        let parent = path.steps.count > 1 ? path.steps[path.steps.count - 2].key.description : nil
        self = .object(kind: path.kind.rawValue, host: host, name: name, uuid: uuid, parent: parent)
    }
}

extension Target {
    /// The flags that people usually mean who give none; nil where none is usual.
    public func usualFlags(of command: Command) -> [String]? { command.usualFlags(isActive: isActive == true, isPersistent: isPersistent != false) }
}
