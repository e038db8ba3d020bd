// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

extension ObjectRecord {
    /// Reads an object by three to six calls. Domains and hosts have records of their own.
    public init(_ handle: borrowing Handle) throws(LibvirtError) {
        let identity = handle.identity
        let name = identity.name.description
        let reading: ObjectReading
        let values: [(String, Value)]
        switch identity.kind {
        case .connection, .domain: throw LibvirtError(code: .invalidArgument, message: "a \(identity.kind.rawValue) is no such object")
        case .network:
            reading = try ObjectReading(
                handle, xml: .virNetworkGetXMLDesc, active: .virNetworkIsActive, persistent: .virNetworkIsPersistent,
                autostart: .virNetworkGetAutostart)
            values = [
                ("active", .truth(reading.isActive)), ("persistent", .truth(reading.isPersistent)), ("autostart", .truth(reading.autostart)),
                ("forward", .text(reading.text("/network/forward/@mode"))), ("bridge", .text(reading.text("/network/bridge/@name"))),
                ("used-by", .users([DomainUse(.network, name)])),
            ]
        case .port:
            reading = try ObjectReading(handle, xml: .virNetworkPortGetXMLDesc)
            values = [
                ("mac", .text(reading.text("/networkport/mac/@address"))), ("group", .text(reading.text("/networkport/group"))),
                ("used-by", .users([DomainUse(.domain, reading.text("/networkport/owner/uuid"))])),
            ]
        case .pool:
            reading = try ObjectReading(
                handle, xml: .virStoragePoolGetXMLDesc, active: .virStoragePoolIsActive, persistent: .virStoragePoolIsPersistent,
                autostart: .virStoragePoolGetAutostart)
            let info = try handle.outputs(.virStoragePoolGetInfo)
            let isKnown = reading.isActive == true
            values = [
                ("state", Self.constant(.virStoragePoolState, info["state"] ?? 0, ["inactive", "building", "running", "degraded", "inaccessible"])),
                ("type", .text(reading.text("/pool/@type"))),
                ("persistent", .truth(reading.isPersistent)), ("autostart", .truth(reading.autostart)),
                ("capacity", .bytes(isKnown ? info["capacity"].map { UInt64($0) } : nil)),
                ("allocation", .bytes(isKnown ? info["allocation"].map { UInt64($0) } : nil)),
                ("available", .bytes(isKnown ? info["available"].map { UInt64($0) } : nil)),
            ]
        case .volume:
            reading = try ObjectReading(handle, xml: .virStorageVolGetXMLDesc)
            let info = try handle.outputs(.virStorageVolGetInfo)
            let path = try handle.string(.virStorageVolGetPath) ?? ""
            let pool = identity.path.parent.steps.last?.key.description ?? ""
            values = [
                ("type", Self.constant(.virStorageVolType, info["type"] ?? 0, ["file", "block", "dir", "network", "netdir", "ploop"])),
                ("capacity", .bytes(info["capacity"].map { UInt64($0) })), ("allocation", .bytes(info["allocation"].map { UInt64($0) })),
                ("path", .text(path)), ("used-by", .users([DomainUse(.volume, path), DomainUse(.volume, "\(pool)/\(name)")])),
            ]
        case .interface:
            reading = try ObjectReading(handle, xml: .virInterfaceGetXMLDesc, active: .virInterfaceIsActive)
            values = [("active", .truth(reading.isActive)), ("mac", .text(try handle.string(.virInterfaceGetMACString) ?? ""))]
        case .device:
            reading = try ObjectReading(
                handle, xml: .virNodeDeviceGetXMLDesc, active: .virNodeDeviceIsActive, persistent: .virNodeDeviceIsPersistent,
                autostart: .virNodeDeviceGetAutostart)
            values = [
                ("capability", .text(reading.texts("/device/capability/@type").joined(separator: " "))),
                ("parent", .object(Self.sibling(identity, named: try handle.string(.virNodeDeviceGetParent)))),
                ("active", .truth(reading.isActive)), ("persistent", .truth(reading.isPersistent)), ("autostart", .truth(reading.autostart)),
                ("driver", .text(reading.text("/device/driver/name"))),
            ]
        case .filter:
            reading = try ObjectReading(handle, xml: .virNWFilterGetXMLDesc)
            values = [("used-by", .users([DomainUse(.filter, name)]))]
        case .binding:
            reading = try ObjectReading(handle, xml: .virNWFilterBindingGetXMLDesc)
            let filter = try handle.string(.virNWFilterBindingGetFilterName).map { filter in
                ObjectIdentity(path: ObjectPath([.init(.filter, ObjectName(filter))]), name: ObjectName(filter), uuid: nil)
            }
            values = [
                ("filter", .object(filter)),
                ("used-by", .users([DomainUse(.binding, name), DomainUse(.domain, reading.text("/filterbinding/owner/uuid"))])),
            ]
        case .secret:
            reading = try ObjectReading(handle, xml: .virSecretGetXMLDesc)
            var usage: Int64 = 0
            if case .integer(let number) = try handle.returned(.virSecretGetUsageType) { usage = number }
            values = [
                ("usage-type", Self.constant(.virSecretUsageType, usage, ["none", "volume", "ceph", "iscsi", "tls", "vtpm"])),
                ("usage", .text(try handle.string(.virSecretGetUsageID) ?? "")),
                ("ephemeral", .truth(reading.text("/secret/@ephemeral") == "yes")), ("private", .truth(reading.text("/secret/@private") == "yes")),
                ("description", .text(reading.text("/secret/description"))),
            ]
        case .snapshot:
            reading = try ObjectReading(handle, xml: .virDomainSnapshotGetXMLDesc)
            values = [
                ("current", .truth(try handle.truth(.virDomainSnapshotIsCurrent))), ("state", .text(reading.text("/domainsnapshot/state"))),
                ("created", .seconds(reading.number("/domainsnapshot/creationTime"))),
                ("parent", .object(Self.sibling(identity, named: reading.texts("/domainsnapshot/parent/name").first))),
                ("description", .text(reading.text("/domainsnapshot/description"))),
            ]
        case .checkpoint:
            reading = try ObjectReading(handle, xml: .virDomainCheckpointGetXMLDesc)
            values = [
                ("created", .seconds(reading.number("/domaincheckpoint/creationTime"))),
                ("parent", .object(Self.sibling(identity, named: reading.texts("/domaincheckpoint/parent/name").first))),
                ("description", .text(reading.text("/domaincheckpoint/description"))),
            ]
        }
        self.identity = identity
        isActive = reading.isActive
        isPersistent = reading.isPersistent
        fields = values.map { Field(name: $0.0, value: $0.1) }
    }

    private static func constant(_ enumeration: Enumeration, _ number: Int64, _ words: [String]) -> Value {
        .constant(name: enumeration.name(of: number), word: words.indices.contains(Int(number)) ? words[Int(number)] : String(number))
    }

    /// Another object of the same kind and place.
    private static func sibling(_ identity: ObjectIdentity, named name: String?) -> ObjectIdentity? {
        name.map { ObjectIdentity(path: identity.path.parent.appending(identity.kind, ObjectName($0)), name: ObjectName($0), uuid: nil) }
    }

    /// All objects of a kind at a place. One that vanishes meanwhile is left out.
    public static func all(_ kind: ObjectKind, in place: ObjectPath, on connection: Connection) throws(LibvirtError) -> [ObjectRecord] {
        var records: [ObjectRecord] = []
        for identity in try identities(kind, in: place, on: connection) {
            if let record = try ObjectRecord(at: identity.path, on: connection) { records.append(record) }
        }
        return records
    }

    /// Which objects of a kind there are at a place, by one call.
    static func identities(_ kind: ObjectKind, in place: ObjectPath, on connection: Connection) throws(LibvirtError) -> [ObjectIdentity] {
        guard let list = listing(kind) else { return [] }
        let found = try connection.withObject(place) { handle throws(LibvirtError) in
            try list.call(on: handle, CallArguments()).outputs.first?.value
        }
        guard case .list(let items)? = found else { return [] }
        return items.compactMap { if case .object(let identity) = $0 { identity } else { nil } }
    }

    /// The object at a path; nil if there is none.
    init?(at path: ObjectPath, on connection: Connection) throws(LibvirtError) {
        do throws(LibvirtError) {
            self = try connection.withObject(path) { handle throws(LibvirtError) in try ObjectRecord(handle) }
        } catch  where error.isNotFound {
            return nil
        }
    }

    /// The function that lists objects of a kind; nil for hosts.
    public static func listing(_ kind: ObjectKind) -> Function? {
        switch kind {
        case .connection: nil
        case .domain: .virConnectListAllDomains
        case .snapshot: .virDomainListAllSnapshots
        case .checkpoint: .virDomainListAllCheckpoints
        case .network: .virConnectListAllNetworks
        case .port: .virNetworkListAllPorts
        case .pool: .virConnectListAllStoragePools
        case .volume: .virStoragePoolListAllVolumes
        case .interface: .virConnectListAllInterfaces
        case .device: .virConnectListAllNodeDevices
        case .filter: .virConnectListAllNWFilters
        case .binding: .virConnectListAllNWFilterBindings
        case .secret: .virConnectListAllSecrets
        }
    }

    /// The function that gives the XML of an object of a kind; nil for hosts.
    public static func description(_ kind: ObjectKind) -> Function? {
        switch kind {
        case .connection: nil
        case .domain: .virDomainGetXMLDesc
        case .snapshot: .virDomainSnapshotGetXMLDesc
        case .checkpoint: .virDomainCheckpointGetXMLDesc
        case .network: .virNetworkGetXMLDesc
        case .port: .virNetworkPortGetXMLDesc
        case .pool: .virStoragePoolGetXMLDesc
        case .volume: .virStorageVolGetXMLDesc
        case .interface: .virInterfaceGetXMLDesc
        case .device: .virNodeDeviceGetXMLDesc
        case .filter: .virNWFilterGetXMLDesc
        case .binding: .virNWFilterBindingGetXMLDesc
        case .secret: .virSecretGetXMLDesc
        }
    }
}
