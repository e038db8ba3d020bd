// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

extension Document {
    /// The string values of what an XPath expression selects, in document order; of a scalar, the one string.
    ///
    /// It stands for `xmlXPathEvalExpression`, with the document as the context node.
    /// - Parameter namespaces: the prefixes that the expression uses; those of the document do not count.
    /// - Throws: an ``XMLError`` of kind `xpath`.
    public func strings(at xpath: String, namespaces: [(prefix: String, uri: String)] = []) throws(XMLError) -> [String] {
        try Diagnostics.collect { diagnostics throws(XMLError) in
            guard let context = unsafe xmlXPathNewContext(tree) else { throw diagnostics.error(.xpath) }
            defer { unsafe xmlXPathFreeContext(context) }
            for (prefix, uri) in namespaces {
                guard unsafe xmlXPathRegisterNs(context, prefix, uri) == 0 else { throw diagnostics.error(.xpath) }
            }
            guard let result = unsafe xmlXPathEvalExpression(xpath, context) else { throw diagnostics.error(.xpath) }
            defer { unsafe xmlXPathFreeObject(result) }
            guard unsafe result.pointee.type == XPATH_NODESET else {
                return unsafe [String(taking: xmlXPathCastToString(result)) ?? ""]
            }
            guard let nodes = unsafe result.pointee.nodesetval else { return [] }
            return unsafe (0..<Int(nodes.pointee.nodeNr)).map { unsafe String(taking: xmlXPathCastNodeToString(nodes.pointee.nodeTab[$0])) ?? "" }
        }
    }
}
