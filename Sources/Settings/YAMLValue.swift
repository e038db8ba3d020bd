// SPDX-License-Identifier: GPL-2.0-or-later
import Yams

/// A value of a YAML file, read as nothing but what it is meant to be. Errors begin with `FILE:LINE: ` and its name.
struct YAMLValue {
    let node: Node
    let file: String
    /// What sentences call it: `listen`, `hosts: uri`.
    let name: String

    var line: Int { node.mark?.line ?? 1 }
    var place: String { "\(file):\(line): " }

    func named(_ name: String) -> YAMLValue { YAMLValue(node: node, file: file, name: name) }

    func error(_ rest: String) -> SettingsError { SettingsError("\(place)\(name) \(rest)") }

    /// Text that is not empty.
    func text() throws(SettingsError) -> String {
        guard case .scalar(let scalar) = node else { throw error("is a text, not a \(word).") }
        guard node.tag == Tag(.str) else {
            throw error(
                scalar.string.isEmpty
                    ? "is a text; there is none." : "is a text; write \u{201C}\(scalar.string)\u{201D} in quotation marks if it is one.")
        }
        guard !scalar.string.isEmpty else { throw error("is a text; there is none.") }
        guard !scalar.string.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw error("is a text on one line.")
        }
        return scalar.string
    }

    /// A text, or what YAML takes for a truth value: one of our keys is `on`.
    private func key() throws(SettingsError) -> String {
        guard case .scalar(let scalar) = node, node.tag == Tag(.bool) else { return try text() }
        return scalar.string
    }

    func given() throws(SettingsError) -> Given { Given(text: try text(), origin: .file, subject: place + name) }

    func boolean() throws(SettingsError) -> Bool {
        guard case .scalar(let scalar) = node, node.tag == Tag(.bool), let value = Bool(scalar.string) else { throw error("is true or false.") }
        return value
    }

    func wholeNumber(in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        guard case .scalar(let scalar) = node, node.tag == Tag(.int), scalar.string.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(scalar.string), range.contains(number)
        else { throw error("is a whole number from \(range.lowerBound) to \(range.upperBound).") }
        return number
    }

    func list(of item: String) throws(SettingsError) -> [YAMLValue] {
        guard case .sequence(let items) = node, node.tag == Tag(.seq) else { throw error("is a list, not a \(word).") }
        return items.map { YAMLValue(node: $0, file: file, name: item) }
    }

    /// The values by their keys, of which there are no others than `keys`.
    func mapping(_ keys: [String]) throws(SettingsError) -> [String: YAMLValue] {
        var values: [String: YAMLValue] = [:]
        for (key, value) in try entries() {
            guard keys.contains(key.name) else {
                throw SettingsError("\(key.place)There is no key \u{201C}\(key.name)\u{201D} here. There are: \(keys.joined(separator: ", ")).")
            }
            values[key.name] = value.named(isTop ? key.name : "\(name): \(key.name)")
        }
        return values
    }

    /// Keys, each named as it reads, with their values, in their order.
    func entries() throws(SettingsError) -> [(key: YAMLValue, value: YAMLValue)] {
        guard case .mapping(let pairs) = node, node.tag == Tag(.map) else { throw error("is a list of keys with values, not a \(word).") }
        var entries: [(key: YAMLValue, value: YAMLValue)] = []
        for pair in pairs {
            let text = try YAMLValue(node: pair.key, file: file, name: "A key").key()
            entries.append((YAMLValue(node: pair.key, file: file, name: text), YAMLValue(node: pair.value, file: file, name: text)))
        }
        return entries
    }

    private var isTop: Bool { name == "The file" }

    private var word: String {
        switch node {
        case .scalar, .alias: "single value"
        case .sequence: "list"
        case .mapping: "list of keys with values"
        }
    }
}
