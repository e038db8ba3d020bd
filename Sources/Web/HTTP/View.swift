// SPDX-License-Identifier: GPL-2.0-or-later

/// A form in which a document is given, and the value of `?view=`.
public enum View: String, CaseIterable, Sendable {
    /// The canonical XML.
    case xml
    case html
    /// The canonical XML with a stylesheet instruction, for a browser that transforms.
    case raw
    case json
    case csv
}
