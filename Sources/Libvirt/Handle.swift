// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

/// A libvirt object's pointer, lent by a `Connection`: non-copyable, so it is freed exactly once.
@safe public struct Handle: ~Copyable {
    let pointer: OpaquePointer
    /// What it is, as far as it was found by a path or belongs to something that was.
    public let identity: ObjectIdentity

    public var kind: ObjectKind { identity.kind }

    /// Takes over a pointer to an object that belongs to `parent` (or, for the children of a host, to nothing else).
    init(owning pointer: OpaquePointer, _ kind: ObjectKind, of parent: ObjectPath) throws(LibvirtError) {
        do throws(LibvirtError) {
            identity = try unsafe Self.identity(pointer, kind, parent)
        } catch {
            unsafe Self.free(pointer, kind)
            throw error
        }
        unsafe self.pointer = unsafe pointer
    }

    /// A connection as the object that functions are called on.
    init(_ connection: Connection) throws(LibvirtError) {
        try check(unsafe virConnectRef(connection.pointer))
        unsafe pointer = unsafe connection.pointer
        identity = ObjectIdentity(path: ObjectPath([]), name: "", uuid: nil)
    }

    deinit { unsafe Self.free(pointer, identity.kind) }

    private static func free(_ pointer: OpaquePointer, _ kind: ObjectKind) {
        switch kind {
        case .connection: unsafe _ = virConnectClose(pointer)
        case .domain: unsafe _ = virDomainFree(pointer)
        case .snapshot: unsafe _ = virDomainSnapshotFree(pointer)
        case .checkpoint: unsafe _ = virDomainCheckpointFree(pointer)
        case .network: unsafe _ = virNetworkFree(pointer)
        case .port: unsafe _ = virNetworkPortFree(pointer)
        case .pool: unsafe _ = virStoragePoolFree(pointer)
        case .volume: unsafe _ = virStorageVolFree(pointer)
        case .interface: unsafe _ = virInterfaceFree(pointer)
        case .device: unsafe _ = virNodeDeviceFree(pointer)
        case .filter: unsafe _ = virNWFilterFree(pointer)
        case .binding: unsafe _ = virNWFilterBindingFree(pointer)
        case .secret: unsafe _ = virSecretFree(pointer)
        }
    }
}
