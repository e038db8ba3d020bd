// SPDX-License-Identifier: GPL-2.0-or-later

/// Finds in XPath what functions are called. It judges nothing, and reads what is malformed as it comes.
enum ExpressionScanner {
    struct Function: Hashable {
        var prefix: String?
        var name: String
    }

    /// What stands in the braces of an attribute value template.
    static func templates(in value: String) -> [String] {
        var templates: [String] = []
        var start: String.UTF8View.Index?
        var quote: UInt8?
        for index in value.utf8.indices {
            let byte = value.utf8[index]
            if let begin = start {
                if let open = quote {
                    if byte == open { quote = nil }
                } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                    quote = byte
                } else if byte == UInt8(ascii: "}") {
                    templates.append(String(decoding: value.utf8[begin..<index], as: UTF8.self))
                    start = nil
                } else if byte == UInt8(ascii: "{") {
                    // Two are one that is meant as it is.
                    start = nil
                }
            } else if byte == UInt8(ascii: "{") {
                start = value.utf8.index(after: index)
            }
        }
        return templates
    }

    /// Each name before an opening parenthesis, outside of literals.
    static func functions(in expression: String) -> [Function] {
        var functions: [Function] = []
        var name: [UInt8] = []
        var isEnded = false
        var quote: UInt8?
        for byte in expression.utf8 {
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                quote = byte
                name = []
            case 0x20, 0x09, 0x0A, 0x0D:
                isEnded = true
            case UInt8(ascii: "("):
                if let function = function(name) { functions.append(function) }
                name = []
            case _ where isOfName(byte):
                // `a :b` and `a: b` are names too, for libxml2.
                let joins = byte == UInt8(ascii: ":") || name.last == UInt8(ascii: ":")
                if isEnded, !joins { name = [] }
                isEnded = false
                name.append(byte)
            default:
                name = []
            }
        }
        return functions
    }

    private static func function(_ name: [UInt8]) -> Function? {
        // An axis precedes a name by two colons.
        let text = String(decoding: name, as: UTF8.self)
        let last = text.split(separator: "::").last.map(String.init) ?? ""
        let parts = last.split(separator: ":").map(String.init)
        guard let name = parts.last else { return nil }
        return Function(prefix: parts.count > 1 ? parts[0] : nil, name: name)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), 0x80...0xFF: true
        default: false
        }
    }
}
