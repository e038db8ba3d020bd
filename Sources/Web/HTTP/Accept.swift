// SPDX-License-Identifier: GPL-2.0-or-later

/// The Accept header field (RFC 9110, 12.5.1), read for the one question that we have.
///
/// Only types that are named count, so that `*/*` gets the canonical XML; an element that is malformed is passed over.
struct Accept: Sendable {
    /// The best weights in thousandths by view, without those of zero.
    private let weights: [View: Int]
    /// Whether `application/octet-stream` is named: a result that is a buffer is wanted as it is.
    let namesBytes: Bool

    /// Several field lines are to be joined by commas; nil stands for none.
    init(_ fieldValue: String?) {
        var weights: [View: Int] = [:]
        var namesBytes = false
        for element in Self.elements(Array((fieldValue ?? "").utf8)) {
            guard let type = MediaType(element), let weight = Self.weight(type.parameters["q"] ?? "1"), weight > 0 else { continue }
            if type.matches("application/octet-stream") { namesBytes = true }
            guard let view = Self.view(of: type) else { continue }
            weights[view] = max(weight, weights[view] ?? 0)
        }
        self.weights = weights
        self.namesBytes = namesBytes
    }

    /// The view of the named type that weighs most; where several do, the first of HTML, JSON, CSV and XML. XML for everyone
    /// who names none.
    var view: View {
        let best = weights.values.max()
        return [View.html, .json, .csv].first { weights[$0] != nil && weights[$0] == best } ?? .xml
    }

    /// Whether an HTML type is acceptable by name, as it is to browsers.
    var namesHTML: Bool { weights[.html] != nil }

    private static func view(of type: MediaType) -> View? {
        switch type.essence {
        case "text/html", "application/xhtml+xml": .html
        case "application/json": .json
        case "text/csv": .csv
        case "application/xml", "text/xml": .xml
        default: nil
        }
    }

    /// A weight in thousandths, nil for what RFC 9110, 12.4.2 does not allow.
    private static func weight(_ text: String) -> Int? {
        let digits = Array(text.utf8)
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), digits.count <= 5 else { return nil }
        guard digits.count == 1 || digits[1] == UInt8(ascii: ".") else { return nil }
        var weight = Int(first - UInt8(ascii: "0")) * 1000
        for (digit, unit) in zip(digits.dropFirst(2), [100, 10, 1]) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            weight += Int(digit - UInt8(ascii: "0")) * unit
        }
        return weight <= 1000 ? weight : nil
    }

    /// Splits at the commas that stand in no quoted string.
    private static func elements(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var elements: [ArraySlice<UInt8>] = []
        var start = 0
        var isQuoted = false
        var isEscaped = false
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: ","), !isQuoted {
                elements.append(bytes[start..<index])
                start = index + 1
            } else if byte == UInt8(ascii: "\""), !isEscaped {
                isQuoted.toggle()
            }
            isEscaped = isQuoted && !isEscaped && byte == UInt8(ascii: "\\")
        }
        return elements + [bytes[start...]]
    }
}
