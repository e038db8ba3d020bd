// SPDX-License-Identifier: GPL-2.0-or-later

/// The kinds of libvirt's objects. The raw value is the word that URLs and documents use.
public enum ObjectKind: String, CaseIterable, Sendable {
    case connection = "host"
    case domain, snapshot, checkpoint, network, port, pool, volume, interface, device, filter, binding, secret

    /// The C type of a pointer to one.
    public var pointerType: String {
        switch self {
        case .connection: "virConnectPtr"
        case .domain: "virDomainPtr"
        case .snapshot: "virDomainSnapshotPtr"
        case .checkpoint: "virDomainCheckpointPtr"
        case .network: "virNetworkPtr"
        case .port: "virNetworkPortPtr"
        case .pool: "virStoragePoolPtr"
        case .volume: "virStorageVolPtr"
        case .interface: "virInterfacePtr"
        case .device: "virNodeDevicePtr"
        case .filter: "virNWFilterPtr"
        case .binding: "virNWFilterBindingPtr"
        case .secret: "virSecretPtr"
        }
    }

    /// What objects of this kind belong to; nil for a host.
    public var parent: ObjectKind? {
        switch self {
        case .connection: nil
        case .snapshot, .checkpoint: .domain
        case .port: .network
        case .volume: .pool
        default: .connection
        }
    }

    /// The kinds that belong to objects of this kind.
    public var children: [ObjectKind] { Self.allCases.filter { $0.parent == self } }

    /// The word for many of them, which URLs use.
    public var plural: String { rawValue + "s" }
}
