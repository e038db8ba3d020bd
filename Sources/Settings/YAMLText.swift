// SPDX-License-Identifier: GPL-2.0-or-later
import Yams

/// The text of a YAML file, and how its one document is had safely.
struct YAMLText {
    let text: String
    /// What errors call it.
    let file: String

    /// Numbers, booleans and nothing are told from text; dates and merge keys are text.
    private static let resolver = Resolver.default.removing(.merge).removing(.timestamp).removing(.value)

    /// Nil if there is no document in it.
    func document() throws(SettingsError) -> YAMLValue? {
        // Aliases make few lines stand for millions, which composing them would count out. So the text is first read with none: with
        // another character for every `*`. It has the same lines and the same anchors, and those are refused.
        let line = try compose(text.replacing("*", with: "\u{E000}")) { Self.anchored($0).map { $0.mark?.line ?? 1 } }
        if let line { throw error("Anchors are not for this file. Write the value out where it is wanted.", line: line) }
        return try compose(text) { YAMLValue(node: $0, file: file, name: "The file") }
    }

    /// What `read` makes of the one node of a text. A node forgets its anchor when its parser goes.
    private func compose<Result>(_ text: String, _ read: (Node) -> Result?) throws(SettingsError) -> Result? {
        do {
            let parser = try Parser(yaml: text, resolver: Self.resolver, encoding: .utf8)
            return try withExtendedLifetime(parser) { try parser.singleRoot().flatMap(read) }
        } catch let error as YamlError {
            throw explained(error)
        } catch {
            throw SettingsError("\(file): It cannot be read as YAML.")
        }
    }

    /// The first node with an anchor.
    private static func anchored(_ node: Node) -> Node? {
        if node.anchor != nil { return node }
        return switch node {
        case .scalar, .alias: nil
        case .sequence(let items): items.lazy.compactMap(anchored).first
        case .mapping(let pairs): pairs.lazy.compactMap { anchored($0.key) ?? anchored($0.value) }.first
        }
    }

    private func explained(_ error: YamlError) -> SettingsError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            self.error("This is not YAML: \(problem).", line: mark.line)
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            self.error("A second document begins here, and a configuration is one.", line: mark.line)
        case .composer(_, let problem, let mark, _): self.error("This is not YAML: \(problem).", line: mark.line)
        case .duplicatedKeysInMapping(let keys, let context):
            self.error("The key \(keys.first ?? "") is there more than once.", line: context.mark.line)
        case .reader(let problem, let offset, _, _):
            self.error("This is not YAML: \(problem).", line: offset.map { text.utf8.prefix($0).count { $0 == UInt8(ascii: "\n") } + 1 })
        default: SettingsError("\(file): It cannot be read as YAML.")
        }
    }

    private func error(_ sentence: String, line: Int?) -> SettingsError {
        SettingsError(line.map { "\(file):\($0): \(sentence)" } ?? "\(file): \(sentence)")
    }
}
