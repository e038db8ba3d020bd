// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// The only place that parses, for documents, fragments, stylesheets and schemas alike.
///
/// No network, no external entities, no entities at all: a DOCTYPE ends the parse before its subset is read.
enum Parser {
    enum Encoding {
        /// UTF-8, whatever the XML declaration says.
        case utf8
        /// The one of the byte order mark or the XML declaration.
        case declared
    }

    /// Parses and returns a tree, which the caller owns.
    /// - Parameters:
    ///   - name: a URI, which becomes the base of relative references; an error carries it as its file.
    ///   - dictionary: shared with the tree if given.
    static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, name: String? = nil, dictionary: xmlDictPtr? = nil, encoding: Encoding = .utf8,
        limits: ParseLimits = .shipped
    ) throws(XMLError) -> xmlDocPtr {
        guard bytes.count <= limits.bytes, let count = CInt(exactly: bytes.count) else {
            throw XMLError(.tooLarge, "more than \(limits.bytes) bytes", file: name)
        }
        // libxml2 takes a NUL after the root for the end of its input.
        if encoding == .utf8, let place = unsafe bytes.firstIndex(of: 0) {
            let line = unsafe bytes[..<place].count { $0 == 0x0A } + 1
            throw XMLError(.malformed, "a NUL byte", file: name, line: line)
        }
        return unsafe try Diagnostics.collect { diagnostics throws(XMLError) in
            guard let context = unsafe xmlNewParserCtxt() else { throw XMLError(.malformed, "no memory", file: name) }
            defer { unsafe xmlFreeParserCtxt(context) }
            unsafe prepare(context, dictionary: dictionary)
            // NOENT is safe here, as the parser stops at a DOCTYPE: nothing can declare an entity. Without it libxml2 leaves `&#38;`
            // in namespace names that hold an ampersand.
            var options = XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_NOENT.rawValue
            if encoding == .utf8 { options |= XML_PARSE_IGNORE_ENC.rawValue }
            let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let tree = unsafe xmlCtxtReadMemory(context, start, count, name, encoding == .utf8 ? "UTF-8" : nil, CInt(options))
            // Only the DOCTYPE callback stops a parser.
            if unsafe context.pointee.errNo == CInt(XML_ERR_USER_STOP.rawValue) {
                unsafe xmlFreeDoc(tree)
                let line = unsafe context.pointee.input.map { unsafe Int($0.pointee.line) }
                throw XMLError(.doctype, "a document with a DOCTYPE is refused", file: name, line: line)
            }
            let hasNamespaces = unsafe context.pointee.nsWellFormed == 1 || !diagnostics.hasErrors
            guard let tree = unsafe tree, hasNamespaces, unsafe xmlDocGetRootElement(tree) != nil else {
                unsafe xmlFreeDoc(tree)
                throw diagnostics.error(.malformed)
            }
            return unsafe tree
        }
    }

    private static func prepare(_ context: xmlParserCtxtPtr, dictionary: xmlDictPtr?) {
        unsafe context.pointee.sax.pointee.internalSubset = { context, _, _, _ in
            unsafe xmlStopParser(context?.assumingMemoryBound(to: xmlParserCtxt.self))
        }
        if let dictionary = unsafe dictionary {
            unsafe xmlDictFree(context.pointee.dict)
            unsafe context.pointee.dict = dictionary
            unsafe xmlDictReference(dictionary)
        }
    }
}
