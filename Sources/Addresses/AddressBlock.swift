// SPDX-License-Identifier: GPL-2.0-or-later

/// What counts as one address: of IPv6 a /64, as that is what one subscriber has.
public struct AddressBlock: Hashable, Sendable {
    private let bytes: [UInt8]

    /// - Parameter address: nil: something that is no IP, which is one address altogether.
    public init(_ address: IPAddress?) {
        guard let address = address?.unmapped else {
            bytes = []
            return
        }
        bytes = address.isIPv4 ? address.bytes : Array(address.bytes.prefix(8))
    }
}
