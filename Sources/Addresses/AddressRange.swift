// SPDX-License-Identifier: GPL-2.0-or-later

/// A network: `10.77.0.0/24`, `fd00:77::/64`.
public struct AddressRange: Hashable, Sendable, CustomStringConvertible {
    public let address: IPAddress
    /// How many bits all its addresses share.
    public let length: Int

    /// Nil unless it is written so. Bits beyond the length may not be set: they would be a mistake, and which one is not known.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let address = IPAddress(parts[0]), address.scope == nil, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
            let length = Int(parts[1]), length <= address.bytes.count * 8
        else { return nil }
        // An address of IPv4 is that, however it is written.
        let isMapped = address.unmapped.bytes.count < address.bytes.count && length >= 96
        self.address = isMapped ? address.unmapped : address
        self.length = isMapped ? length - 96 : length
        guard address.bytes.enumerated().allSatisfy({ $1 & ~Self.mask(of: $0, length) == 0 }) else { return nil }
    }

    public func contains(_ other: IPAddress) -> Bool {
        let other = other.unmapped
        guard other.bytes.count == address.bytes.count else { return false }
        return zip(address.bytes, other.bytes).enumerated().allSatisfy { ($1.0 ^ $1.1) & Self.mask(of: $0, length) == 0 }
    }

    public var description: String { "\(address)/\(length)" }

    private static func mask(of position: Int, _ length: Int) -> UInt8 {
        let bits = min(max(length - position * 8, 0), 8)
        return bits == 0 ? 0 : UInt8.max << (8 - UInt8(bits))
    }
}
