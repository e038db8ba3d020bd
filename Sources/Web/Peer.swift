// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import HTTPTypes
import Settings

/// Who is at the other end, as the connection shows it, or as a proxy says that is trusted.
struct Peer: Hashable, Sendable {
    /// Nil where it is none of IP.
    let address: IPAddress?
    /// Whether the request came by TLS.
    let isSecure: Bool

    /// - Parameters:
    ///   - connection: the address that the connection comes from.
    ///   - trusted: who is believed. Of the addresses that he passes on, the last that is not trusted itself is the peer's.
    init(connection: IPAddress?, isSecure: Bool, headers: HTTPFields, trusted: [AddressRange]) {
        func isTrusted(_ address: IPAddress) -> Bool { trusted.contains { $0.contains(address) } }
        guard let connection, isTrusted(connection) else {
            address = connection
            self.isSecure = isSecure
            return
        }
        var peer = connection
        for text in Self.values("X-Forwarded-For", headers).reversed() {
            guard isTrusted(peer), let address = IPAddress(text) else { break }
            peer = address.unmapped
        }
        address = peer
        self.isSecure = Self.values("X-Forwarded-Proto", headers).last.map { $0.lowercased() == "https" } ?? isSecure
    }

    private static func values(_ name: String, _ headers: HTTPFields) -> [String] {
        guard let name = HTTPField.Name(name) else { return [] }
        return headers[values: name].flatMap { $0.split(separator: ",").map { String($0.trimming(while: \.isWhitespace)) } }
    }
}

extension Substring {
    fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
        var rest = drop(while: predicate)
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}
