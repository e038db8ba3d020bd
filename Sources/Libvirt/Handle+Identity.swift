// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

extension Handle {
    /// Reads name and UUID out of the handle, which asks no daemon.
    static func identity(_ pointer: OpaquePointer, _ kind: ObjectKind, _ parent: ObjectPath) throws(LibvirtError) -> ObjectIdentity {
        let name: ObjectName
        var uuid: UUID?
        switch kind {
        case .connection: name = ""
        case .domain:
            name = try unsafe Self.name(virDomainGetName(pointer))
            uuid = try unsafe readUUID { unsafe virDomainGetUUID(pointer, $0) }
        case .snapshot: name = try unsafe Self.name(virDomainSnapshotGetName(pointer))
        case .checkpoint: name = try unsafe Self.name(virDomainCheckpointGetName(pointer))
        case .network:
            name = try unsafe Self.name(virNetworkGetName(pointer))
            uuid = try unsafe readUUID { unsafe virNetworkGetUUID(pointer, $0) }
        case .port:
            uuid = try unsafe readUUID { unsafe virNetworkPortGetUUID(pointer, $0) }
            name = ObjectName(uuid?.description ?? "")
        case .pool:
            name = try unsafe Self.name(virStoragePoolGetName(pointer))
            uuid = try unsafe readUUID { unsafe virStoragePoolGetUUID(pointer, $0) }
        case .volume: name = try unsafe Self.name(virStorageVolGetName(pointer))
        case .interface: name = try unsafe Self.name(virInterfaceGetName(pointer))
        case .device: name = try unsafe Self.name(virNodeDeviceGetName(pointer))
        case .filter:
            name = try unsafe Self.name(virNWFilterGetName(pointer))
            uuid = try unsafe readUUID { unsafe virNWFilterGetUUID(pointer, $0) }
        case .binding: name = try unsafe Self.name(virNWFilterBindingGetPortDev(pointer))
        case .secret:
            let own = try unsafe readUUID { unsafe virSecretGetUUID(pointer, $0) }
            uuid = own
            let usage = unsafe ObjectName(virSecretGetUsageID(pointer))
            name = usage.flatMap { $0.bytes.isEmpty ? nil : $0 } ?? ObjectName(own.description)
        }
        return ObjectIdentity(path: parent.appending(kind, key(of: kind, name, uuid)), name: name, uuid: uuid)
    }

    /// What a path calls it: the UUID where there is no name that is its own for ever, otherwise the name.
    private static func key(of kind: ObjectKind, _ name: ObjectName, _ uuid: UUID?) -> ObjectName {
        switch kind {
        case .domain, .port, .secret: ObjectName(uuid?.description ?? "")
        default: name
        }
    }

    private static func name(_ text: UnsafePointer<CChar>?) throws(LibvirtError) -> ObjectName { try unsafe check(ObjectName(text)) }

    private static func readUUID(_ read: (UnsafeMutablePointer<UInt8>) -> CInt) throws(LibvirtError) -> UUID {
        var raw = [UInt8](repeating: 0, count: Int(VIR_UUID_BUFLEN))
        let status = unsafe raw.withUnsafeMutableBufferPointer { unsafe $0.baseAddress.map { unsafe read($0) } ?? -1 }
        try check(status)
        return UUID(raw)
    }
}
