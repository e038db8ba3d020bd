// SPDX-License-Identifier: GPL-2.0-or-later

/// `application/x-www-form-urlencoded` as the WHATWG URL standard (5) defines it, except that malformed input is refused
/// where a browser would repair it.
public enum URLEncodedForm {
    /// The fields in their order. Empty ones (`a=1&&b=2`) are skipped; a field without `=` has an empty value.
    public static func decode(_ bytes: some Sequence<UInt8>, maximumFields: Int = 1000) throws(FormError) -> [(name: String, value: String)] {
        var items: [(name: String, value: String)] = []
        var field: [UInt8] = []
        var iterator = bytes.makeIterator()
        var next = iterator.next()
        while let byte = next {
            next = iterator.next()
            if byte != UInt8(ascii: "&") {
                field.append(byte)
            }
            guard byte == UInt8(ascii: "&") || next == nil, !field.isEmpty else { continue }
            guard items.count < maximumFields else {
                throw FormError(code: .tooManyFields, message: "There are more than \(maximumFields) fields.")
            }
            let name = field.prefix { $0 != UInt8(ascii: "=") }
            let value = field[name.endIndex...].dropFirst()
            items.append((name: try text(name), value: try text(value)))
            field.removeAll(keepingCapacity: true)
        }
        return items
    }

    public static func encode(_ items: [(String, String)]) -> String {
        var text: [UInt8] = []
        for (index, (name, value)) in items.enumerated() {
            if index > 0 {
                text.append(UInt8(ascii: "&"))
            }
            append(name, to: &text)
            text.append(UInt8(ascii: "="))
            append(value, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func text(_ raw: ArraySlice<UInt8>) throws(FormError) -> String {
        guard let bytes = PercentEncoding.decode(raw, plusIsSpace: true) else {
            throw FormError(code: .malformed, message: "A field holds a % that is not followed by two hexadecimal digits.")
        }
        guard !bytes.contains(0) else {
            throw FormError(code: .malformed, message: "A field holds a NUL.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FormError(code: .malformed, message: "A field is not valid UTF-8.")
        }
        return text
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: " "): text.append(UInt8(ascii: "+"))
            case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): text.append(byte)
            default:
                if PercentEncoding.isAlphanumeric(byte) {
                    text.append(byte)
                } else {
                    PercentEncoding.append(byte, to: &text)
                }
            }
        }
    }
}
