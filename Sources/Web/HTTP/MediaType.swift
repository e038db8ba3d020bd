// SPDX-License-Identifier: GPL-2.0-or-later

/// A media type or range with its parameters (RFC 9110, 8.3.1 and 12.5.1).
struct MediaType: Hashable, Sendable {
    /// In lower case; `*` in a range.
    let type: String
    /// In lower case; `*` in a range.
    let subtype: String
    /// By names in lower case; the values are as they were sent.
    let parameters: [String: String]

    /// Nil for anything that the grammar does not allow, and for a parameter that is repeated.
    init?(_ text: String) {
        self.init(text.utf8)
    }

    init?(_ bytes: some Sequence<UInt8>) {
        var scanner = FieldScanner(bytes)
        scanner.skipWhitespace()
        guard let type = scanner.token(), scanner.take(UInt8(ascii: "/")), let subtype = scanner.token() else { return nil }
        guard let parameters = scanner.parameters() else { return nil }
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    /// Type and subtype without the parameters, in lower case.
    var essence: String { "\(type)/\(subtype)" }

    /// Whether this is the type `essence`, whatever its parameters.
    func matches(_ essence: String) -> Bool {
        self.essence == essence.lowercased()
    }
}
