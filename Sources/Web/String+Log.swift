// SPDX-License-Identifier: GPL-2.0-or-later

extension String {
    /// As a log entry holds it, which is one line.
    var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
