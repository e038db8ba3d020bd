// SPDX-License-Identifier: GPL-2.0-or-later

/// Writes one JSON object on one line, with its members in the order in which they come.
struct LineWriter {
    private var text = "{"

    var count: Int { text.utf8.count }

    /// Adds a text, cut to a number of bytes. Nil: nothing is added.
    mutating func add(_ name: String, _ value: String?, limit: Int) {
        guard let value else { return }
        add(name, raw: Self.quoted(value, limit: limit))
    }

    mutating func add(_ name: String, number: Int64) { add(name, raw: String(number)) }

    /// Adds an array of what is JSON already; an empty one is left out.
    mutating func add(_ name: String, _ items: [String]) {
        if !items.isEmpty { add(name, raw: "[\(items.joined(separator: ","))]") }
    }

    private mutating func add(_ name: String, raw: String) {
        if text.utf8.count > 1 { text += "," }
        text += "\"\(name)\":\(raw)"
    }

    consuming func finish() -> [UInt8] { Array(text.utf8) + Array("}\n".utf8) }

    /// A text in quotes, of no more bytes than `limit` and what says how much was cut off.
    static func quoted(_ text: String, limit: Int) -> String {
        var quoted = "\""
        var room = limit
        for scalar in text.unicodeScalars {
            let piece = escaped(scalar)
            room -= piece.utf8.count
            guard room >= 0 else { return quoted + "\u{2026} \(Digest.summary(of: Array(text.utf8)))\"" }
            quoted += piece
        }
        return quoted + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        default:
            guard isSpecial(scalar) else { return String(Character(scalar)) }
            return UTF16.encode(scalar).map { units in
                units.map { unit in
                    let digits = String(unit, radix: 16)
                    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }.joined()
            } ?? ""
        }
    }

    /// Whether it ends a line for some reader, steers a terminal, or changes the direction of what follows.
    private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }
}
