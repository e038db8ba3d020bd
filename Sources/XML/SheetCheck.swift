// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// What no stylesheet may hold, whoever wrote it: text that is not escaped, instructions that are not XSLT's own, and functions that read.
enum SheetCheck {
    private static let xslt = "http://www.w3.org/1999/XSL/Transform"
    /// Attributes that are an expression or a pattern as a whole; in others only what stands in braces is one.
    private static let expressions: Set = ["select", "test", "match", "use", "count", "from", "value"]
    /// Of EXSLT; nothing else is registered.
    private static let functions: [String: Set<String>] = [
        "http://exslt.org/common": ["node-set", "object-type"], "http://exslt.org/strings": ["replace"],
    ]
    /// The languages of instructions that processors have beside XSLT's, as their names begin.
    private static let extensions = [
        "http://exslt.org/", "http://xmlsoft.org/XSLT/", "http://icl.com/saxon", "http://saxon.sf.net", "http://www.jclark.com/xt",
        "http://xml.apache.org/x", "org.apache.xalan.xslt.extensions", "urn:schemas-microsoft-com:xslt",
    ]

    /// Throws an ``XMLError`` of kind `stylesheet` with the first line that is at fault.
    static func admit(_ tree: xmlDocPtr, file: String) throws(XMLError) {
        let root = unsafe xmlDocGetRootElement(tree)
        var next = unsafe root
        while let node = unsafe next {
            if unsafe node.pointee.type == XML_ELEMENT_NODE, let refusal = unsafe refusal(of: node) {
                throw XMLError(.stylesheet, refusal, file: file, line: unsafe Int(xmlGetLineNo(node)))
            }
            unsafe next = unsafe successor(of: node, in: root)
        }
    }

    /// The next node in document order.
    private static func successor(of node: xmlNodePtr, in root: xmlNodePtr?) -> xmlNodePtr? {
        if unsafe node.pointee.type == XML_ELEMENT_NODE, let child = unsafe node.pointee.children { return unsafe child }
        var node = unsafe node
        while unsafe node != root {
            if let sibling = unsafe node.pointee.next { return unsafe sibling }
            guard let parent = unsafe node.pointee.parent else { return nil }
            unsafe node = unsafe parent
        }
        return nil
    }

    private static func refusal(of node: xmlNodePtr) -> String? {
        let name = unsafe text(node.pointee.name)
        let namespace = unsafe text(node.pointee.ns?.pointee.href)
        let isXSLT = namespace == xslt
        if isXSLT, name == "document" { return "xsl:document writes files, and is refused" }
        if extensions.contains(where: namespace.hasPrefix) { return "\(name) is an instruction of \(namespace), and is refused" }
        var attribute = unsafe node.pointee.properties
        while let current = unsafe attribute {
            let own = unsafe text(current.pointee.name)
            let isOfXSLT = unsafe isXSLT && current.pointee.ns == nil || text(current.pointee.ns?.pointee.href) == xslt
            let value = unsafe content(of: current)
            if isOfXSLT, own == "disable-output-escaping", value.trimmed != "no" { return "disable-output-escaping is refused" }
            if isOfXSLT, own == "extension-element-prefixes", !value.trimmed.isEmpty { return "extension-element-prefixes is refused" }
            let parts = isXSLT && isOfXSLT && expressions.contains(own) ? [value] : ExpressionScanner.templates(in: value)
            for function in parts.flatMap(ExpressionScanner.functions) {
                if function.prefix == nil, function.name == "document" { return "document() reads files, and is refused" }
                guard let prefix = function.prefix, let space = unsafe xmlSearchNs(node.pointee.doc, node, prefix) else { continue }
                let uri = unsafe text(space.pointee.href)
                if functions[uri]?.contains(function.name) != true { return "\(prefix):\(function.name)() is not offered, and is refused" }
            }
            unsafe attribute = unsafe current.pointee.next
        }
        return nil
    }

    private static func text(_ name: UnsafePointer<xmlChar>?) -> String {
        guard let name = unsafe name else { return "" }
        return unsafe String(cString: name)
    }

    private static func content(of attribute: xmlAttrPtr) -> String {
        unsafe String(taking: xmlNodeListGetString(attribute.pointee.doc, attribute.pointee.children, 1)) ?? ""
    }
}
