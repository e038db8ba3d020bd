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
    ///   - trusted: who is believed.
    init(connection: IPAddress?, isSecure: Bool, headers: HTTPFields, trusted: [AddressRange]) {
        func values(_ name: String) -> [String] { HTTPField.Name(name).map { headers[values: $0] } ?? [] }
        address = Self.address(of: connection, forwardedFor: values("X-Forwarded-For"), trusted: trusted)
        let scheme = connection.map { Self.isIn(trusted, $0) } == true ? Self.items(values("X-Forwarded-Proto")).last : nil
        self.isSecure = scheme.map { $0.lowercased() == "https" } ?? isSecure
    }

    /// The address of whoever is at the other end: of those that a trusted one passes on, the last that is not trusted itself.
    static func address(of connection: IPAddress?, forwardedFor: [String], trusted: [AddressRange]) -> IPAddress? {
        guard var peer = connection else { return nil }
        for text in items(forwardedFor).reversed() {
            guard isIn(trusted, peer), let address = IPAddress(text) else { break }
            peer = address.unmapped
        }
        return peer
    }

    private static func isIn(_ ranges: [AddressRange], _ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

    private static func items(_ lists: [String]) -> [String] {
        lists.flatMap { $0.split(separator: ",").map { String($0.trimming(while: \.isWhitespace)) } }
    }
}

extension Substring {
    fileprivate func trimming(while predicate: (Character) -> Bool) -> Substring {
        var rest = drop(while: predicate)
        while let last = rest.last, predicate(last) { rest.removeLast() }
        return rest
    }
}
