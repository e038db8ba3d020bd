// SPDX-License-Identifier: GPL-2.0-or-later

/// The header of one part of a `multipart/form-data` body (RFC 7578, 4.2 to 4.8).
struct PartHeader: Equatable {
    let name: String
    /// As the client gave it: it may hold `/` and `..` and is no name of a file of ours. `filename*` is ignored, as RFC 7578 asks.
    let filename: String?
    let contentType: String?

    /// - Parameter block: the lines of the header, each with its CRLF.
    init(_ block: [UInt8]) throws(MultipartError) {
        var fields: [String: ArraySlice<UInt8>] = [:]
        for line in block.split(separator: UInt8(ascii: "\n")) where line.count > 1 {
            let (name, value) = try Self.field(line.dropLast())
            guard fields.updateValue(value, forKey: name) == nil else {
                throw MultipartError(code: .malformed, message: "A part has two \(name) fields.")
            }
        }

        guard let disposition = fields["content-disposition"] else {
            throw MultipartError(code: .malformed, message: "A part has no Content-Disposition.")
        }
        var scanner = FieldScanner(disposition)
        guard scanner.token()?.lowercased() == "form-data", let parameters = scanner.parameters(.formData) else {
            throw MultipartError(code: .malformed, message: "The Content-Disposition of a part is not that of a form.")
        }
        guard let name = parameters["name"] else {
            throw MultipartError(code: .malformed, message: "A part has no name.")
        }
        if let encoding = fields["content-transfer-encoding"] {
            guard ["7bit", "8bit", "binary"].contains(String(decoding: encoding, as: UTF8.self).lowercased()) else {
                throw MultipartError(code: .malformed, message: "A part has a Content-Transfer-Encoding, which RFC 7578 deprecates.")
            }
        }
        self.name = name
        filename = parameters["filename"]
        contentType = fields["content-type"].map { String(decoding: $0, as: UTF8.self) }
    }

    /// A line's name in lower case and its value without the white space around it. Folded lines are refused.
    private static func field(_ line: ArraySlice<UInt8>) throws(MultipartError) -> (String, ArraySlice<UInt8>) {
        let isWhitespace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var scanner = FieldScanner(line)
        guard let name = scanner.token(), scanner.take(UInt8(ascii: ":")) else {
            throw MultipartError(code: .malformed, message: "A line in the header of a part is not a field.")
        }
        var value = line.dropFirst(name.utf8.count + 1).drop(while: isWhitespace)
        while let last = value.last, isWhitespace(last) {
            value.removeLast()
        }
        guard !value.contains(where: FieldScanner.isControl) else {
            throw MultipartError(code: .malformed, message: "The header of a part holds a control character.")
        }
        guard String(validating: value, as: UTF8.self) != nil else {
            throw MultipartError(code: .malformed, message: "The header of a part is not valid UTF-8.")
        }
        return (name.lowercased(), value)
    }
}
