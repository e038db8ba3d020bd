// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Libvirt

/// One record that announces a domain, read. Whose it says to be is not: libvirt alone tells that.
struct DomainSighting: Hashable, Sendable {
    /// A TXT item holds no more.
    private static let longestName = 250

    let host: HostSighting.Key
    let uuid: UUID
    let name: String

    init(_ service: Service) throws(Refusal) {
        host = try HostSighting.Key(service)
        guard let uuid = try HostSighting.Key.text("uuid", of: service).flatMap({ UUID($0) }), let bytes = service.value(of: "name"),
            (1...Self.longestName).contains(bytes.count), let name = String(validating: bytes, as: UTF8.self),
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw .unreadable }
        self.uuid = uuid
        self.name = name
    }
}
