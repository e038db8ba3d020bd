// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import XML

/// Something of its host that a domain's XML names.
public struct DomainUse: Hashable, Sendable {
    public let kind: ObjectKind
    /// A network's, filter's or port device's name, a volume's path, or `pool/volume`.
    public let key: String

    public init(_ kind: ObjectKind, _ key: String) {
        self.kind = kind
        self.key = key
    }

    private static let paths: [(path: String, kind: ObjectKind)] = [
        ("/domain/devices/interface/source/@network", .network), ("/domain/devices/interface/filterref/@filter", .filter),
        ("/domain/devices/interface/target/@dev", .binding), ("/domain/devices/disk/source/@file", .volume),
        ("/domain/devices/disk/source/@dev", .volume),
    ]

    /// What a `<domain>` uses.
    static func all(in document: borrowing Document) -> Set<DomainUse> {
        var uses: Set<DomainUse> = []
        for (path, kind) in paths {
            for key in (try? document.strings(at: path)) ?? [] { uses.insert(DomainUse(kind, key)) }
        }
        let pools = (try? document.strings(at: "/domain/devices/disk/source[@volume]/@pool")) ?? []
        let volumes = (try? document.strings(at: "/domain/devices/disk/source[@pool]/@volume")) ?? []
        for (pool, volume) in zip(pools, volumes) where pools.count == volumes.count { uses.insert(DomainUse(.volume, "\(pool)/\(volume)")) }
        return uses
    }
}
