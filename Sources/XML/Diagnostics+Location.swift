// SPDX-License-Identifier: GPL-2.0-or-later

extension Diagnostics.Entry {
    /// What libxslt prints before a message: `runtime error: file URI line 3 element value-of`; each part may be missing.
    init?(location text: String) {
        guard let rest = text.trimmed.split(prefixes: ["compilation error", "runtime error"]) else { return nil }
        guard rest.isEmpty || rest.hasPrefix(": file ") || rest.hasPrefix(": element ") else { return nil }
        self.init(message: "")
        guard rest.hasPrefix(": file ") else { return }
        var words = rest.dropFirst(": file ".count).split(separator: " ", omittingEmptySubsequences: false)
        if words.count > 2, words[words.count - 2] == "element" { words.removeLast(2) }
        if words.count > 2, words[words.count - 2] == "line", let number = Int(words[words.count - 1]) {
            line = number
            words.removeLast(2)
        }
        uri = words.joined(separator: " ")
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[start...end])
    }

    fileprivate func split(prefixes: [String]) -> Substring? {
        prefixes.first(where: hasPrefix).map { dropFirst($0.count) }
    }
}
