// SPDX-License-Identifier: GPL-2.0-or-later

/// The instance name under which something is announced: what people see in a list of services. It identifies nothing.
enum InstanceName {
    /// A DNS label's bytes.
    static let limit = 63

    /// The text without what DNS-SD forbids or what would make a list lie, cut to 63 bytes; `fallback` where nothing is left.
    static func of(_ text: String, else fallback: String) -> String {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.lazy.map { isVisible($0) ? $0 : "\u{FFFD}" })
        let name = String(scalars).prefix(bytes: limit)
        return name.isEmpty ? fallback.prefix(bytes: limit) : name
    }

    /// Neither a control character, nor a line's end, nor a change of the direction of writing.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0x2028...0x202e, 0x2066...0x2069: false
        default: true
        }
    }
}

extension String {
    /// As many whole scalars from its beginning as so many bytes of UTF-8 hold.
    func prefix(bytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while UTF8.isContinuation(utf8[end]) { utf8.formIndex(before: &end) }
        return String(decoding: utf8[..<end], as: UTF8.self)
    }
}
