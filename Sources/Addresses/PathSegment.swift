// SPDX-License-Identifier: GPL-2.0-or-later

/// One segment of a path, as the bytes it stands for (RFC 3986, 3.3).
///
/// A segment that is empty, `.` or `..`, that holds `/` or NUL, that starts with `~` or is no valid UTF-8 is written `~` +
/// base64url of its bytes: browsers and proxies resolve `%2e%2e` and some decode `%2F`, but none touches these.
public enum PathSegment {
    public static func encode(_ text: String) -> String {
        encode(validUTF8: text.utf8)
    }

    public static func encode(bytes: [UInt8]) -> String {
        if String(validating: bytes, as: UTF8.self) != nil {
            encode(validUTF8: bytes)
        } else {
            base64(bytes)
        }
    }

    /// The text that a raw segment stands for, decoded once.
    public static func decode(_ raw: some StringProtocol) throws(PathError) -> String {
        let bytes = try decodeBytes(raw)
        if bytes.contains(0) {
            throw PathError(code: .malformed, message: "A path segment holds a NUL.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PathError(code: .malformed, message: "A path segment is not valid UTF-8.")
        }
        return text
    }

    /// The bytes of a name: no NUL, and text unless written with `~`.
    static func decodeKey(_ raw: some StringProtocol) throws(PathError) -> [UInt8] {
        let bytes = try decodeBytes(raw)
        guard raw.utf8.first == UInt8(ascii: "~"), !bytes.contains(0) else { return Array(try decode(raw).utf8) }
        return bytes
    }

    /// The bytes that a raw segment stands for, which may hold NUL or be no text at all.
    public static func decodeBytes(_ raw: some StringProtocol) throws(PathError) -> [UInt8] {
        for byte in raw.utf8 where isForeign(byte) {
            throw PathError(code: .malformed, message: "A path segment holds a character that must be percent-encoded.")
        }
        guard let bytes = PercentEncoding.decode(raw.utf8) else {
            throw PathError(code: .malformed, message: "A path segment holds a % that is not followed by two hexadecimal digits.")
        }
        if isDots(bytes) {
            throw PathError(code: .segment, message: "A path segment is empty, . or .., which is written ~, ~Lg or ~Li4.")
        }
        guard bytes.first == UInt8(ascii: "~") else { return bytes }
        guard let decoded = Base64URL.decode(bytes.dropFirst()) else {
            throw PathError(code: .malformed, message: "A path segment starts with ~ but is not base64url.")
        }
        return decoded
    }

    private static func encode(validUTF8 bytes: some BidirectionalCollection<UInt8>) -> String {
        if isDots(bytes) || bytes.first == UInt8(ascii: "~") || bytes.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0 }) {
            return base64(bytes)
        }
        var text: [UInt8] = []
        for byte in bytes {
            if isSafe(byte) {
                text.append(byte)
            } else {
                PercentEncoding.append(byte, to: &text)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func base64(_ bytes: some Sequence<UInt8>) -> String {
        "~" + String(decoding: Base64URL.encode(bytes), as: UTF8.self)
    }

    /// Empty, `.` or `..`.
    private static func isDots(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count <= 2 && bytes.allSatisfy { $0 == UInt8(ascii: ".") }
    }

    /// Of the delimiters only those that no proxy and no scheme gives a meaning to: `;` starts parameters for some, `:` ends
    /// a scheme in a relative reference, `+` is a space for many, and the quotes end attributes in careless hands.
    private static func isSafe(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "@"): true
        default: PercentEncoding.isUnreserved(byte)
        }
    }

    /// Control characters, space, and the delimiters of the components around a segment. Bytes above 0x7F pass, for those
    /// who type them into curl.
    private static func isForeign(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): true
        default: false
        }
    }
}
