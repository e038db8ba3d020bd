// SPDX-License-Identifier: GPL-2.0-or-later

/// One well-formed element of foreign XML, which can stand inside a document.
public struct Fragment: Hashable, Sendable {
    /// The element as it was given, with nothing before or after it.
    public let text: String

    /// Checks a text that may have an XML declaration, comments, instructions and white space around its element.
    /// - Throws: an ``XMLError`` of kind `malformed`, `doctype` or `tooLarge`.
    public init(parsing text: String) throws(XMLError) {
        _ = try Document(parsing: text)
        let bytes = Array(text.utf8)
        guard let range = Self.root(of: bytes) else { throw XMLError(.malformed, "no element") }
        self.text = String(decoding: bytes[range], as: UTF8.self)
    }

    /// Where the root element of a well-formed document is.
    /// - Parameter text: an element that was just written here.
    init(trusted text: String) { self.text = text }

    private static func root(of bytes: [UInt8]) -> Range<Int>? {
        var scanner = MarkupScanner(bytes)
        var start: Int?
        var depth = 0
        while let (piece, range) = scanner.next() {
            switch piece {
            case .text, .comment, .instruction, .characterData: continue
            case .startTag: depth += 1
            case .emptyTag: break
            case .endTag: depth -= 1
            }
            let first = start ?? range.lowerBound
            if depth == 0 { return first..<range.upperBound }
            start = first
        }
        return nil
    }
}
