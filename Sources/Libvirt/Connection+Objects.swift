// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt

extension Connection {
    /// Lends the object at a path; the connection itself for the empty one. Throws libvirt's `NO_...` code where there is none.
    public func withObject<Result>(
        _ path: ObjectPath, _ body: (borrowing Handle) throws(LibvirtError) -> Result
    ) throws(LibvirtError) -> Result {
        var handle = try Handle(self)
        for step in path.steps { handle = try handle.child(step) }
        return try body(handle)
    }
}

extension Handle {
    /// The object of that key that belongs to this one. A name wins over a UUID, except for a domain, whose UUID wins.
    func child(_ step: ObjectPath.Step) throws(LibvirtError) -> Handle {
        let parent = step.kind.parent == .connection ? ObjectPath([]) : identity.path
        let found = try unsafe step.key.withCString { key throws(LibvirtError) in try unsafe find(step.kind, key, uuid: UUID(step.key.description)) }
        return try unsafe Handle(owning: found, step.kind, of: parent)
    }

    private func find(_ kind: ObjectKind, _ key: UnsafePointer<CChar>, uuid: UUID?) throws(LibvirtError) -> OpaquePointer {
        var raw = uuid?.bytes
        func byUUID(_ look: (UnsafePointer<UInt8>) -> OpaquePointer?) -> OpaquePointer? {
            unsafe raw?.withUnsafeMutableBufferPointer { unsafe $0.baseAddress.flatMap { unsafe look($0) } }
        }
        let found: OpaquePointer? =
            switch kind {
            case .connection: nil
            case .domain: unsafe byUUID { unsafe virDomainLookupByUUID(pointer, $0) } ?? virDomainLookupByName(pointer, key)
            case .snapshot: unsafe virDomainSnapshotLookupByName(pointer, key, 0)
            case .checkpoint: unsafe virDomainCheckpointLookupByName(pointer, key, 0)
            case .network: unsafe virNetworkLookupByName(pointer, key) ?? byUUID { unsafe virNetworkLookupByUUID(pointer, $0) }
            case .port: unsafe byUUID { unsafe virNetworkPortLookupByUUID(pointer, $0) }
            case .pool: unsafe virStoragePoolLookupByName(pointer, key) ?? byUUID { unsafe virStoragePoolLookupByUUID(pointer, $0) }
            case .volume: unsafe virStorageVolLookupByName(pointer, key)
            case .interface: unsafe virInterfaceLookupByName(pointer, key)
            case .device: unsafe virNodeDeviceLookupByName(pointer, key)
            case .filter: unsafe virNWFilterLookupByName(pointer, key) ?? byUUID { unsafe virNWFilterLookupByUUID(pointer, $0) }
            case .binding: unsafe virNWFilterBindingLookupByPortDev(pointer, key)
            case .secret: unsafe byUUID { unsafe virSecretLookupByUUID(pointer, $0) }
            }
        guard let found = unsafe found else {
            if uuid == nil, kind == .secret || kind == .port {
                throw LibvirtError(code: kind == .secret ? .noSecret : .noNetworkPort, message: "A \(kind.rawValue) is named by its UUID.")
            }
            throw .last()
        }
        return unsafe found
    }
}
