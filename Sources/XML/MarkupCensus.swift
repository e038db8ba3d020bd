// SPDX-License-Identifier: GPL-2.0-or-later

/// What a text holds, counted before it is parsed: libxml2 compares each attribute with all others of its element, and looks a prefix up in
/// all that are declared. Of what is not well-formed it counts at least what the parser gets to see.
struct MarkupCensus {
    private(set) var elements = 0
    /// Of the element that has most.
    private(set) var attributes = 0
    /// Declarations of namespaces, in all elements.
    private(set) var namespaces = 0

    init(_ bytes: [UInt8]) {
        var scanner = MarkupScanner(bytes)
        while let (piece, range) = scanner.next() {
            guard piece == .startTag || piece == .emptyTag else { continue }
            elements += 1
            count(bytes, range)
        }
    }

    /// Throws an ``XMLError`` of kind `tooLarge`.
    func admit(_ limits: ParseLimits) throws(XMLError) {
        guard elements <= limits.elements else { throw XMLError(.tooLarge, "more than \(limits.elements) elements") }
        guard attributes <= limits.attributes else { throw XMLError(.tooLarge, "more than \(limits.attributes) attributes in one element") }
        guard namespaces <= limits.namespaces else { throw XMLError(.tooLarge, "more than \(limits.namespaces) namespaces") }
    }

    private mutating func count(_ bytes: [UInt8], _ range: Range<Int>) {
        var quote: UInt8?
        var found = 0
        for index in range {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "=") {
                found += 1
            } else if byte == UInt8(ascii: "m"), index > range.lowerBound, bytes[index - 1] == UInt8(ascii: "x"),
                bytes[index..<range.upperBound].starts(with: "mlns".utf8)
            {
                namespaces += 1
            }
        }
        attributes = max(attributes, found)
    }
}
