// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// One parsed document, used on one thread at a time and dropped.
///
/// It is well-formed, its namespace prefixes are declared, it has no DOCTYPE and so no entities.
@safe public struct Document: ~Copyable {
    let tree: xmlDocPtr
    /// How many bytes it was parsed from.
    public let byteCount: Int

    /// Parses UTF-8, whatever encoding the XML declaration names; a byte order mark is skipped.
    /// - Throws: an ``XMLError`` of kind `malformed`, `doctype` or `tooLarge`.
    public init(parsing bytes: some Collection<UInt8>, limits: ParseLimits = .shipped) throws(XMLError) {
        if limits.countsMarkup, bytes.count <= limits.bytes { try MarkupCensus(Array(bytes)).admit(limits) }
        let parsed: Result<xmlDocPtr, XMLError>? = bytes.withContiguousStorageIfAvailable { bytes in
            unsafe Self.parse(bytes, limits: limits)
        }
        let result = unsafe parsed ?? Array(bytes).withUnsafeBufferPointer { unsafe Self.parse($0, limits: limits) }
        unsafe tree = try result.get()
        byteCount = bytes.count
    }

    /// Parses a text, whatever encoding its XML declaration names.
    /// - Throws: an ``XMLError`` of kind `malformed`, `doctype` or `tooLarge`.
    public init(parsing text: String, limits: ParseLimits = .shipped) throws(XMLError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    deinit {
        unsafe xmlFreeDoc(tree)
    }

    /// The local name of the root element.
    public var rootName: String {
        guard let name = unsafe xmlDocGetRootElement(tree)?.pointee.name else { return "" }
        return unsafe String(cString: name)
    }

    /// The namespace of the root element, or `nil` if it has none.
    public var rootNamespace: String? {
        guard let uri = unsafe xmlDocGetRootElement(tree)?.pointee.ns?.pointee.href else { return nil }
        return unsafe String(cString: uri)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>, limits: ParseLimits) -> Result<xmlDocPtr, XMLError> {
        do throws(XMLError) {
            return unsafe .success(try Parser.parse(bytes, limits: limits))
        } catch {
            return unsafe .failure(error)
        }
    }
}
