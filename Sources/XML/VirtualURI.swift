// SPDX-License-Identifier: GPL-2.0-or-later

/// The name that a stylesheet has while it is compiled, `handlervirt:/html/pages/vm.xsl` or `builtin:/html/layout.xsl`.
///
/// Relative references in a stylesheet therefore stay in its tree, and nothing but these two schemes can be loaded.
struct VirtualURI: Hashable, CustomStringConvertible {
    /// Whether only the file that was shipped will do.
    let builtin: Bool
    /// Absolute, of plain segments: no `..`, nothing escaped, no query and no fragment.
    let path: String

    init?(builtin: Bool = false, path: String) {
        guard path.hasPrefix("/"), path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        guard !path.contains(where: { "%?#\\".contains($0) }) else { return nil }
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
        self.builtin = builtin
        self.path = path
    }

    init?(_ text: String) {
        if text.hasPrefix("handlervirt:") {
            self.init(path: String(text.dropFirst("handlervirt:".count)))
        } else if text.hasPrefix("builtin:") {
            self.init(builtin: true, path: String(text.dropFirst("builtin:".count)))
        } else {
            return nil
        }
    }

    var description: String { (builtin ? "builtin:" : "handlervirt:") + path }
}
