// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// Reads the value of a header field from left to right, in the words of RFC 9110, 5.6.
struct FieldScanner {
    /// How a quoted string escapes.
    enum Quoting {
        /// A backslash and any character (RFC 9110, 5.6.4).
        case http
        /// `%22`, `%0D` and `%0A` as HTML's form submission writes them, `\"` and `\\` as curl does. Any other percent sign or
        /// backslash is itself, because browsers escape neither.
        case formData
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skipWhitespace() {
        while take(UInt8(ascii: " ")) || take(UInt8(ascii: "\t")) {}
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func token() -> String? {
        let token = bytes[position...].prefix(while: Self.isTokenCharacter)
        guard !token.isEmpty else { return nil }
        position = token.endIndex
        return String(decoding: token, as: UTF8.self)
    }

    /// `*( OWS ";" OWS [ name "=" value ] )` up to the end of the field, names in lower case; nil if it is anything else, or
    /// repeats a name.
    mutating func parameters(_ quoting: Quoting = .http) -> [String: String]? {
        var parameters: [String: String] = [:]
        while true {
            skipWhitespace()
            if isAtEnd { return parameters }
            guard take(UInt8(ascii: ";")) else { return nil }
            skipWhitespace()
            guard let name = token()?.lowercased() else { continue }
            guard take(UInt8(ascii: "=")), let value = token() ?? quotedString(quoting) else { return nil }
            guard parameters.updateValue(value, forKey: name) == nil else { return nil }
        }
    }

    mutating func quotedString(_ quoting: Quoting) -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if Self.isControl(byte) { return nil }
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"), UInt8(ascii: "%"): text.append(unescaped(byte, quoting))
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What the escape that began with `byte` stands for, or `byte` if it is none.
    private mutating func unescaped(_ byte: UInt8, _ quoting: Quoting) -> UInt8 {
        switch (byte, quoting) {
        case (UInt8(ascii: "\\"), _):
            guard let next = bytes[position...].first, !Self.isControl(next) else { return byte }
            guard quoting == .http || next == UInt8(ascii: "\"") || next == byte else { return byte }
            position += 1
            return next
        case (_, .formData):
            let escape = bytes[(position - 1)...].prefix(3)
            guard let value = PercentEncoding.decode(escape)?.first, [0x0A, 0x0D, 0x22].contains(value) else { return byte }
            position += 2
            return value
        case (_, .http):
            return byte
        }
    }

    /// What no field may hold: everything below a space but the tab, and DEL.
    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != UInt8(ascii: "\t") || byte == 0x7F
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        PercentEncoding.isAlphanumeric(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
