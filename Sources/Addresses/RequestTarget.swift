// SPDX-License-Identifier: GPL-2.0-or-later

/// A request target (RFC 9112, 3.2), split raw and decoded once. Nothing is resolved or folded.
public struct RequestTarget: Sendable {
    /// The longest target in bytes, where nothing else is said.
    public static let maximumLength = 8192

    /// The path as it was sent.
    public let path: String
    /// The decoded segments, none for `/`. What is no UTF-8, which only the form with `~` can say, has U+FFFD here.
    public let segments: [String]
    /// The same as bytes: an object may have a name that is no text.
    public let keys: [[UInt8]]
    /// The decoded items of the query in their order.
    public let query: [(name: String, value: String)]
    /// Whether a `/` follows the last segment; `/` alone has none to follow.
    public let hasTrailingSlash: Bool

    /// Accepts origin-form and absolute-form, whose authority is dropped, and drops a fragment.
    /// - Parameter maximumFields: items that a query may have.
    public init(_ target: String, maximumLength: Int = Self.maximumLength, maximumFields: Int = 1000) throws(PathError) {
        guard target.utf8.count <= maximumLength else {
            throw PathError(code: .tooLong, message: "The request target is longer than \(maximumLength) bytes.")
        }
        guard !target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
            throw PathError(code: .malformed, message: "The request target holds a space or a control character.")
        }
        let (rawPath, rawQuery) = Self.split(try Self.withoutAuthority(target[...]))
        path = String(rawPath)

        var parts = rawPath.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let endsEmpty = parts.last?.isEmpty ?? false
        if endsEmpty {
            parts.removeLast()
        }
        hasTrailingSlash = endsEmpty && !parts.isEmpty
        var keys: [[UInt8]] = []
        for part in parts {
            keys.append(try PathSegment.decodeKey(Substring(part)))
        }
        self.keys = keys
        segments = keys.map { String(decoding: $0, as: UTF8.self) }

        do {
            query = try URLEncodedForm.decode(rawQuery.utf8, maximumFields: maximumFields)
        } catch {
            throw PathError(code: .malformed, message: "In the query: \(error.message)")
        }
    }

    /// The first value of a query item.
    public func query(_ name: String) -> String? {
        query.first { Self.same($0.name, name) }?.value
    }

    /// All values of a repeatable query item.
    public func queryValues(_ name: String) -> [String] {
        query.filter { Self.same($0.name, name) }.map(\.value)
    }

    /// The canonical target with other query items: the values given for a name, of which nil is none, replace all items of that
    /// name where the first of them stood, or go to the end; every other item stays.
    public func target(setting changes: [(String, String?)] = []) -> String {
        var items: [(String, String)] = []
        var placed: [String] = []
        for (name, value) in query.map({ ($0.name, Optional($0.value)) }) + changes {
            if !changes.contains(where: { Self.same($0.0, name) }) {
                if let value { items.append((name, value)) }
            } else if !placed.contains(where: { Self.same($0, name) }) {
                placed.append(name)
                for (other, value) in changes where Self.same(other, name) {
                    if let value { items.append((name, value)) }
                }
            }
        }
        let path = "/" + keys.map { PathSegment.encode(bytes: $0) }.joined(separator: "/") + (hasTrailingSlash ? "/" : "")
        return items.isEmpty ? path : path + "?" + URLEncodedForm.encode(items)
    }

    /// The same target with another path in the place of its first segments.
    public func target(replacing count: Int, by path: String) -> String {
        let rest = keys.dropFirst(count).map { "/" + PathSegment.encode(bytes: $0) }.joined()
        return path + rest + (query.isEmpty ? "" : "?" + URLEncodedForm.encode(query))
    }

    private static func withoutAuthority(_ target: Substring) throws(PathError) -> Substring {
        if target.utf8.first == UInt8(ascii: "/") {
            return target
        }
        for scheme in ["http://", "https://"] {
            let count = scheme.utf8.count
            guard target.utf8.prefix(count).elementsEqual(scheme.utf8, by: { $0 | 0x20 == $1 }) else { continue }
            let rest = target.utf8.dropFirst(count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
            guard end != rest.startIndex else { break }
            return Substring(rest[end...])
        }
        throw PathError(code: .form, message: "The request target is neither a path nor an http URL.")
    }

    /// The path, `/` if there is none (RFC 9112, 3.2.1), and the query.
    private static func split(_ target: Substring) -> (path: Substring, query: Substring) {
        let whole = target.utf8.prefix { $0 != UInt8(ascii: "#") }
        let path = whole.prefix { $0 != UInt8(ascii: "?") }
        let query = whole[path.endIndex...].dropFirst()
        return (path.isEmpty ? "/" : Substring(path), Substring(query))
    }

    /// Byte for byte: to `==` the Kelvin sign is a `K`.
    private static func same(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}
