// SPDX-License-Identifier: GPL-2.0-or-later
import CXML
import Synchronization

/// A RELAX NG schema, compiled once and used from any thread, one validation at a time.
@safe public final class Schema: Sendable {
    /// libxml2 does not promise that two threads may validate by one schema: `validating` guards it after init.
    private nonisolated(unsafe) let pointer: xmlRelaxNGPtr
    private let validating = Mutex<Void>(())

    /// Compiles a schema in XML syntax; what it includes is read from beside it.
    ///
    /// It stands for `xmlRelaxNGParse`. The file is trusted: it is ours, not a client's.
    /// - Throws: an ``XMLError`` of kind `notFound`, `malformed`, `doctype`, `tooLarge` or `schema`.
    public init(file: String) throws(XMLError) {
        let bytes = try FileBytes.read(file)
        unsafe pointer = unsafe try Diagnostics.collect { diagnostics throws(XMLError) in
            let tree = unsafe try bytes.withUnsafeBufferPointer { bytes throws(XMLError) in
                unsafe try Parser.parse(bytes, name: file, encoding: .declared)
            }
            defer { unsafe xmlFreeDoc(tree) }
            guard let context = unsafe xmlRelaxNGNewDocParserCtxt(tree) else { throw diagnostics.error(.schema) }
            defer { unsafe xmlRelaxNGFreeParserCtxt(context) }
            guard let pointer = unsafe xmlRelaxNGParse(context) else { throw diagnostics.error(.schema) }
            return unsafe pointer
        }
    }

    deinit {
        unsafe xmlRelaxNGFree(pointer)
    }

    /// Does nothing if the document is valid. It stands for `xmlRelaxNGValidateDoc`.
    /// - Throws: an ``XMLError`` of kind `schema`, with all that is wrong and the line of the first.
    public func validate(_ document: borrowing Document) throws(XMLError) {
        let tree = unsafe document.tree
        try validating.withLock { _ throws(XMLError) in
            try Diagnostics.collect { diagnostics throws(XMLError) in
                guard let context = unsafe xmlRelaxNGNewValidCtxt(pointer) else { throw diagnostics.error(.schema) }
                defer { unsafe xmlRelaxNGFreeValidCtxt(context) }
                guard unsafe xmlRelaxNGValidateDoc(context, tree) == 0 else { throw diagnostics.error(.schema) }
            }
        }
    }
}
