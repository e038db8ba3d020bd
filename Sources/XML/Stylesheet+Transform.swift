// SPDX-License-Identifier: GPL-2.0-or-later
import CAllowance
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
            unsafe allowance_begin(context, limits.memory, Int(limits.time / .nanoseconds(1)))
            var isOpen = true
            defer { if isOpen { _ = allowance_end() } }
            let result = unsafe xsltApplyStylesheetUser(pointer, tree, nil, nil, nil, context)
            defer { unsafe xmlFreeDoc(result) }
            let isWhole = unsafe result != nil && context.pointee.state == XSLT_STATE_OK && !diagnostics.hasErrors
            let output = isWhole ? unsafe result.map { unsafe Self.serialize($0, pointer) } ?? nil : nil
            isOpen = false
            try admit(allowance_end(), limits)
            guard isWhole else {
                let isStopped = unsafe context.pointee.state == XSLT_STATE_STOPPED
                throw diagnostics.transformError(isStopped: isStopped, files: filesByURI)
            }
            guard let output, !diagnostics.hasErrors else { throw diagnostics.error(.transform, files: filesByURI) }
            guard !output.isEmpty else { throw XMLError(.transform, "the stylesheet wrote nothing", file: files.first) }
            diagnostics.log(files: filesByURI)
            return output
        }
    }

    /// Throws if a limit was passed.
    private func admit(_ verdict: allowance_verdict, _ limits: TransformLimits) throws(XMLError) {
        switch verdict {
        case ALLOWANCE_TIME: throw XMLError(.transform, "the transform took more than \(limits.time) of processor time", file: files.first, line: 1)
        case ALLOWANCE_MEMORY: throw XMLError(.transform, "the transform took more than \(limits.memory) bytes", file: files.first, line: 1)
        default: return
        }
    }

    /// Nil if it fails, and no bytes if there are none.
    private static func serialize(_ result: xmlDocPtr, _ sheet: xsltStylesheetPtr) -> [UInt8]? {
        var text: UnsafeMutablePointer<xmlChar>?
        var count: CInt = 0
        let status = unsafe xsltSaveResultToString(&text, &count, result, sheet)
        defer { unsafe shim_xml_free(text) }
        guard status == 0 else { return nil }
        guard let text = unsafe text, count > 0 else { return [] }
        return unsafe Array(UnsafeBufferPointer(start: text, count: Int(count)))
    }
}
