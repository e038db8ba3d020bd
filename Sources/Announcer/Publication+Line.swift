// SPDX-License-Identifier: GPL-2.0-or-later
public import Avahi

extension Publication {
    /// It on one line, for people and scripts: type, port, name and TXT items between single spaces. What is no visible character
    /// stands in them as `\` and three decimal digits for each byte, as in DNS, and so does `\` itself.
    public var line: String {
        ([Array(type.utf8), Array(String(port).utf8), Array(name.utf8)] + text).map(Self.escaped).joined(separator: " ")
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        // Whoever wrote them, the bytes need not be UTF-8.
        guard let text = String(validating: bytes, as: UTF8.self) else { return bytes.map { $0 < 0x80 ? escaped($0) : decimal($0) }.joined() }
        return text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x80: escaped(UInt8(scalar.value))
            case 0x80...0xa0, 0x2028...0x202e, 0x2066...0x2069: UTF8.encode(scalar).map { $0.map(decimal).joined() } ?? ""
            default: String(scalar)
            }
        }.joined()
    }

    private static func escaped(_ byte: UInt8) -> String {
        (0x21...0x7e).contains(byte) && byte != UInt8(ascii: "\\") ? String(UnicodeScalar(byte)) : decimal(byte)
    }

    private static func decimal(_ byte: UInt8) -> String {
        let digits = String(byte)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
