// SPDX-License-Identifier: GPL-2.0-or-later

/// The text that Prometheus reads.
struct Exposition {
    /// Its media type.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    let help: [String: String]
    private var families: [(name: String, text: String)] = []

    init(help: [String: String]) { self.help = help }

    var bytes: [UInt8] { Array(families.sorted { $0.name < $1.name }.map(\.text).joined().utf8) }

    /// - Parameter series: readings by their labels as `labels(_:)` writes them.
    mutating func add(_ name: String, _ kind: SeriesKind, _ series: [(labels: String, reading: Reading)]) {
        var text = help[name].map { "# HELP \(name) \(Self.escaped($0, quotes: false))\n" } ?? ""
        text += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, reading) in series.sorted(by: { $0.labels < $1.labels }) {
            switch reading {
            case .value(let value): text += "\(name)\(Self.braced(labels)) \(Self.number(value))\n"
            case .buckets(let buckets, let count, let sum):
                for (bound, count) in buckets { text += "\(name)_bucket\(Self.braced(labels, "le=\"\(Self.number(bound))\"")) \(count)\n" }
                text += "\(name)_bucket\(Self.braced(labels, "le=\"+Inf\"")) \(count)\n"
                text += "\(name)_sum\(Self.braced(labels)) \(Self.number(sum))\n"
                text += "\(name)_count\(Self.braced(labels)) \(count)\n"
            }
        }
        families.append((name, text))
    }

    /// A metric's name, with `_` for each character that none may have.
    static func name(_ text: String) -> String { identifier(text, colons: true) }

    /// `a="1",b="2"`, sorted; of labels with the same name the last counts.
    static func labels(_ dimensions: [(String, String)]) -> String {
        Dictionary(dimensions.map { (identifier($0.0, colons: false), $0.1) }) { $1 }.sorted { $0.key < $1.key }
            .map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    private static func braced(_ labels: String...) -> String {
        let labels = labels.filter { !$0.isEmpty }
        return labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
    }

    private static func identifier(_ text: String, colons: Bool) -> String {
        let name = String(
            text.map { character in
                character.isASCII && (character.isLetter || character.isNumber) || character == "_" || colons && character == ":" ? character : "_"
            })
        return name.first.map { !$0.isNumber } == true ? name : "_\(name)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let text = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? text.replacing("\"", with: "\\\"") : text
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }
}
