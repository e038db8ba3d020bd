// SPDX-License-Identifier: GPL-2.0-or-later

/// Finds the pieces of a document that is known to be well-formed and to have no DOCTYPE. It judges nothing.
struct MarkupScanner {
    enum Piece {
        case text, comment, instruction, characterData, startTag, emptyTag, endTag
    }

    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next piece and the bytes it takes, or `nil` at the end.
    mutating func next() -> (piece: Piece, range: Range<Int>)? {
        guard position < bytes.count else { return nil }
        let start = position
        let piece = scan()
        return (piece, start..<position)
    }

    private mutating func scan() -> Piece {
        if bytes[position] != UInt8(ascii: "<") {
            position = bytes[position...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
            return .text
        }
        switch position + 1 < bytes.count ? bytes[position + 1] : 0 {
        case UInt8(ascii: "/"): return skip("</", past: ">", .endTag)
        case UInt8(ascii: "?"): return skip("<?", past: "?>", .instruction)
        case UInt8(ascii: "!"): return starts("<!--") ? skip("<!--", past: "-->", .comment) : skip("<![CDATA[", past: "]]>", .characterData)
        default: return scanStartTag()
        }
    }

    /// A `>` inside of a quoted attribute value does not end the tag.
    private mutating func scanStartTag() -> Piece {
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if quote != nil {
                if byte == quote { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return bytes[position - 2] == UInt8(ascii: "/") ? .emptyTag : .startTag
            }
        }
        return .startTag
    }

    private func starts(_ text: String) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }

    private mutating func skip(_ opening: String, past closing: String, _ piece: Piece) -> Piece {
        position += opening.utf8.count
        let first = closing.utf8.first
        while position < bytes.count, bytes[position] != first || !starts(closing) { position += 1 }
        position = min(position + closing.utf8.count, bytes.count)
        return piece
    }
}
