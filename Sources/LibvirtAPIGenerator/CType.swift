// SPDX-License-Identifier: GPL-2.0-or-later

/// The C types that a regular function is made of.
enum CType {
    struct Scalar {
        /// How Swift imports it.
        let type: String
        let isSigned: Bool
        /// The method of `CallArguments` that reads one; nil for a type that is only a struct's field.
        let getter: String?
    }

    static let scalars: [String: Scalar] = [
        "int": Scalar(type: "CInt", isSigned: true, getter: "int"),
        "unsigned int": Scalar(type: "CUnsignedInt", isSigned: false, getter: "uint"),
        "long long": Scalar(type: "CLongLong", isSigned: true, getter: "llong"),
        "unsigned long": Scalar(type: "CUnsignedLong", isSigned: false, getter: "ulong"),
        "unsigned long long": Scalar(type: "CUnsignedLongLong", isSigned: false, getter: "ullong"),
        "size_t": Scalar(type: "Int", isSigned: true, getter: nil),
        "unsigned char": Scalar(type: "CUnsignedChar", isSigned: false, getter: nil),
        "unsigned short": Scalar(type: "CUnsignedShort", isSigned: false, getter: nil),
    ]

    /// The pointer types of libvirt's objects, with the cases of `ObjectKind`.
    static let objects = [
        "virConnectPtr": "connection", "virDomainPtr": "domain", "virDomainSnapshotPtr": "snapshot",
        "virDomainCheckpointPtr": "checkpoint", "virNetworkPtr": "network", "virNetworkPortPtr": "port", "virStoragePoolPtr": "pool",
        "virStorageVolPtr": "volume", "virInterfacePtr": "interface", "virNodeDevicePtr": "device", "virNWFilterPtr": "filter",
        "virNWFilterBindingPtr": "binding", "virSecretPtr": "secret",
    ]
}
