// SPDX-License-Identifier: GPL-2.0-or-later

/// A service that somebody announces. Every text in it was written by whoever is on the network: it is a hint, and data.
public struct Service: Hashable, Sendable {
    public enum Version: Int, Sendable { case ipv4, ipv6 }

    /// What tells one record from all others. A machine with two interfaces, or with both protocols, is seen under several.
    public struct Key: Hashable, Sendable {
        /// The index of the network interface here on which it was seen.
        public let interface: Int32
        /// That multicast DNS was spoken over.
        public let version: Version
        public let name: String
        public let type: String
        public let domain: String

        public init(interface: Int32, version: Version, name: String, type: String, domain: String) {
            self.interface = interface
            self.version = version
            self.name = name
            self.type = type
            self.domain = domain
        }
    }

    public let key: Key
    /// For example `node1.local`.
    public let hostName: String
    /// In numbers; one that begins with `fe80:` is of use on the key's interface only.
    public let address: String
    /// 0: known, not to be connected to.
    public let port: UInt16
    /// The TXT record's items, as they came.
    public let text: [[UInt8]]
    /// False where the record was longer than is read, so that its last items are not here.
    public let isTextWhole: Bool

    public init(key: Key, hostName: String, address: String, port: UInt16, text: [[UInt8]], isTextWhole: Bool = true) {
        self.key = key
        self.hostName = hostName
        self.address = address
        self.port = port
        self.text = text
        self.isTextWhole = isTextWhole
    }

    /// The value of a TXT item; nil if there is none. As RFC 6763 says, the key's case does not matter and the first item counts.
    public func value(of key: String) -> [UInt8]? {
        for item in text {
            guard let end = item.firstIndex(of: UInt8(ascii: "=")), end == key.utf8.count else { continue }
            if zip(item, key.utf8).allSatisfy({ Self.folded($0) == Self.folded($1) }) { return Array(item[(end + 1)...]) }
        }
        return nil
    }

    private static func folded(_ byte: UInt8) -> UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte }
}
