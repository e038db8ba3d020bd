// SPDX-License-Identifier: GPL-2.0-or-later

extension String {
    /// As a log entry holds it, which is one line.
    var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }

    /// A request's target as the log holds it. A query may hold what nobody shall read, and so may a user before an authority.
    var withoutSecrets: String {
        let path = prefix { $0 != "?" && $0 != "#" }
        return String(path.hasPrefix("/") ? path : path.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
    }
}
