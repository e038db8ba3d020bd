// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// `test:///default` is one hypervisor for the whole process: a test that changes something does it to an object of its own, which is
/// removed with this.
final class OwnObject: Sendable {
    let connection: Connection
    let path: ObjectPath
    private let removal: [Function]
    private let owner: OwnObject?

    init(_ connection: Connection, _ path: ObjectPath, removal: [Function] = [], of owner: OwnObject? = nil) {
        self.connection = connection
        self.path = path
        self.removal = removal
        self.owner = owner
    }

    deinit {
        for function in removal { _ = try? call(function) }
    }

    static func host(_ uri: String = "test:///default", readOnly: Bool = false) throws(LibvirtError) -> OwnObject {
        OwnObject(try Connection(uri: uri, readOnly: readOnly), ObjectPath([]))
    }

    /// A domain that is defined and off.
    static func domain(uuid: String = randomUUID(), xml: String? = nil) throws(LibvirtError) -> OwnObject {
        let host = try host()
        _ = try host.call(.virDomainDefineXML, ["xml": .string(xml ?? domainXML(uuid: uuid))])
        return host.child(.domain, ObjectName(uuid), removal: [.virDomainDestroy, .virDomainUndefine])
    }

    static func domainXML(uuid: String) -> String {
        """
        <domain type='test'><name>own-\(uuid)</name><uuid>\(uuid)</uuid><memory unit='KiB'>1048576</memory>
        <currentMemory unit='KiB'>524288</currentMemory><vcpu current='1'>4</vcpu><iothreads>2</iothreads><os><type>hvm</type></os>
        <devices><disk type='file' device='disk'><source file='/nowhere'/><target dev='vda'/></disk>
        <interface type='network'><source network='default'/><target dev='own0'/></interface>
        <memballoon model='virtio'/></devices></domain>
        """
    }

    /// A network that is defined and not active.
    static func network(name: String = "own-\(randomUUID())", uuid: String = randomUUID()) throws(LibvirtError) -> OwnObject {
        let host = try host()
        let xml = "<network><name>\(name)</name><uuid>\(uuid)</uuid><bridge name='own\(uuid.prefix(8))'/></network>"
        _ = try host.call(.virNetworkDefineXML, ["xml": .string(xml)])
        return host.child(.network, ObjectName(name), removal: [.virNetworkDestroy, .virNetworkUndefine])
    }

    /// A pool that is active, for which the test driver needs no directory.
    static func pool(name: String = "own-\(randomUUID())", uuid: String = randomUUID()) throws(LibvirtError) -> OwnObject {
        let host = try host()
        let xml = "<pool type='dir'><name>\(name)</name><uuid>\(uuid)</uuid><target><path>/own/\(uuid)</path></target></pool>"
        _ = try host.call(.virStoragePoolCreateXML, ["xmlDesc": .string(xml)])
        return host.child(.pool, ObjectName(name), removal: [.virStoragePoolDestroy])
    }

    func makeVolume(_ name: String, capacity: Int = 1024) throws(LibvirtError) -> OwnObject {
        let xml = "<volume><name>\(name)</name><capacity>\(capacity)</capacity></volume>"
        _ = try call(.virStorageVolCreateXML, ["xmlDesc": .string(xml)])
        return child(.volume, ObjectName(name), removal: [.virStorageVolDelete])
    }

    func makeSnapshot(_ name: String) throws(LibvirtError) -> OwnObject {
        _ = try call(.virDomainSnapshotCreateXML, ["xmlDesc": .string("<domainsnapshot><name>\(name)</name></domainsnapshot>")])
        return child(.snapshot, ObjectName(name), removal: [.virDomainSnapshotDelete])
    }

    func child(_ kind: ObjectKind, _ key: ObjectName, removal: [Function] = []) -> OwnObject {
        OwnObject(connection, path.appending(kind, key), removal: removal, of: self)
    }

    /// Looks the object up and calls a function on it.
    @discardableResult
    func call(_ function: Function, _ values: [String: CallArguments.Argument] = [:]) throws(LibvirtError) -> CallResult {
        try connection.withObject(path) { handle throws(LibvirtError) in try function.call(on: handle, CallArguments(values)) }
    }

    /// What the function returns, if it writes nothing.
    func value(_ function: Function, _ values: [String: CallArguments.Argument] = [:]) throws(LibvirtError) -> Datum {
        try call(function, values).returned
    }

    /// What the function throws; nil if it does not.
    func refusal(_ function: Function, _ values: [String: CallArguments.Argument] = [:]) -> LibvirtError? {
        failure { () throws(LibvirtError) in _ = try call(function, values) }
    }

    /// virsh's word for a domain's state.
    func state() throws(LibvirtError) -> String {
        try connection.withObject(path) { handle throws(LibvirtError) in
            let result = try Function.virDomainGetState.call(on: handle, CallArguments())
            guard case .integer(let state)? = result["state"] else { return "" }
            return DomainState(state: Int32(state), reason: 0).text
        }
    }
}

extension CallResult {
    /// What it wrote where the argument, or into the field, of that name.
    subscript(name: String) -> Datum? { outputs.first { $0.name == name }?.value }
}

extension Datum {
    subscript(name: String) -> Datum? {
        guard case .structure(let fields) = self else { return nil }
        return fields.first { $0.name == name }?.value
    }

    var items: [Datum] { if case .list(let items) = self { items } else { [] } }
    var fields: [Field] { if case .structure(let fields) = self { fields } else { [] } }
    var parameters: [TypedParameter] { if case .parameters(let parameters) = self { parameters } else { [] } }
    var identity: ObjectIdentity? { if case .object(let identity) = self { identity } else { nil } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
}

/// Random, so that no other test has it.
func randomUUID() -> String {
    let digits = Array("0123456789abcdef")
    var text = ""
    for index in 0..<32 {
        if [8, 12, 16, 20].contains(index) { text.append("-") }
        text.append(digits[Int.random(in: 0..<16)])
    }
    return text
}

/// What `body` throws; nil if it does not.
func failure(of body: () throws(LibvirtError) -> Void) -> LibvirtError? {
    do throws(LibvirtError) {
        try body()
        return nil
    } catch {
        return error
    }
}
