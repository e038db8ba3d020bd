// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

extension Stylesheet {
    /// Transforms a document into all of the output, in UTF-8, or throws; there is never a part of it.
    ///
    /// It stands for `xsltApplyStylesheetUser` and `xsltSaveResultToString`. The document may lose white space that the
    /// stylesheet strips. A transform reads and writes nothing: `document()` and `exsl:document` are errors.
    /// - Parameter parameters: the values of `xsl:param`s at the top of the stylesheet, always strings.
    /// - Throws: an ``XMLError`` of kind `transform`; if `xsl:message` ended it, its message is the text of that.
    public func transform(
        _ document: borrowing Document, limits: TransformLimits = .shipped, parameters: [String: String] = [:]
    ) throws(XMLError) -> [UInt8] {
        let tree = unsafe document.tree
        let operations = limits.operations(forBytes: document.byteCount)
        return try Diagnostics.collect { diagnostics throws(XMLError) in
            guard let context = unsafe xsltNewTransformContext(pointer, tree) else { throw diagnostics.error(.transform) }
            let security = unsafe SecurityOption.forbid(in: context)
            defer {
                unsafe xsltFreeTransformContext(context)
                unsafe xsltFreeSecurityPrefs(security)
            }
            guard unsafe security != nil else { throw diagnostics.error(.transform) }
            unsafe shim_set_transform_errors(context, diagnostics.sink)
            unsafe xsltSetCtxtParseOptions(context, CInt(XML_PARSE_NONET.rawValue))
            unsafe context.pointee.maxTemplateDepth = CInt(clamping: limits.depth)
            unsafe context.pointee.opLimit = operations
            unsafe context.pointee.xpathCtxt.pointee.opLimit = operations
            for (name, value) in parameters {
                guard unsafe xsltQuoteOneUserParam(context, name, value) == 0 else { throw diagnostics.error(.transform) }
            }
            let result = unsafe xsltApplyStylesheetUser(pointer, tree, nil, nil, nil, context)
            defer { unsafe xmlFreeDoc(result) }
            guard let result = unsafe result, unsafe context.pointee.state == XSLT_STATE_OK, !diagnostics.hasErrors else {
                let isStopped = unsafe context.pointee.state == XSLT_STATE_STOPPED
                throw diagnostics.transformError(isStopped: isStopped, files: filesByURI)
            }
            let bytes = unsafe try serialize(result, diagnostics)
            diagnostics.log(files: filesByURI)
            return bytes
        }
    }

    private func serialize(_ result: xmlDocPtr, _ diagnostics: Diagnostics) throws(XMLError) -> [UInt8] {
        var text: UnsafeMutablePointer<xmlChar>?
        var count: CInt = 0
        let status = unsafe xsltSaveResultToString(&text, &count, result, pointer)
        defer { unsafe shim_xml_free(text) }
        guard status == 0, !diagnostics.hasErrors else { throw diagnostics.error(.transform, files: filesByURI) }
        guard let text = unsafe text, count > 0 else { throw XMLError(.transform, "the stylesheet wrote nothing", file: files.first) }
        return unsafe Array(UnsafeBufferPointer(start: text, count: Int(count)))
    }
}
