// SPDX-License-Identifier: GPL-2.0-or-later

/// A name under which the server is reached: `NAME`, then with any port, or `NAME:PORT`.
public struct PublicHost: Hashable, Sendable, CustomStringConvertible {
    /// In lower case, without a dot at the end; an address of IPv6 without brackets.
    public let name: String
    /// Nil: any.
    public let port: Int?

    /// Reads what an option or a `Host` header says. Nil unless it is a name or an address, perhaps with a port.
    public init?(_ text: String) {
        var host = Substring(text)
        var port: Int?
        let bracket = host.lastIndex(of: "]")
        if let colon = host.lastIndex(of: ":"), bracket.map({ colon > $0 }) ?? true {
            let digits = host[host.index(after: colon)...]
            guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits), number <= 65_535
            else { return nil }
            port = number
            host = host[..<colon]
        }
        if host.first == "[", bracket == host.index(before: host.endIndex) {
            host = host.dropFirst().dropLast()
            guard host.contains(":"), host.utf8.allSatisfy({ Self.isOfAddress($0) }) else { return nil }
        } else {
            if host.last == "." { host = host.dropLast() }
            guard host.utf8.allSatisfy(Self.isOfName), host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty }) else {
                return nil
            }
        }
        name = host.lowercased()
        self.port = port
    }

    public var description: String { (name.contains(":") ? "[\(name)]" : name) + (port.map { ":\($0)" } ?? "") }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }
}
