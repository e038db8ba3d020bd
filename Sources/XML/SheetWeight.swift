// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// How much a stylesheet is with all that it imports and includes, each as often as libxslt works on it: a file that is included twice by
/// one that is included twice counts four times.
///
/// libxslt asks for an included file once only, so that its loader cannot tell; and nothing stops it while it compiles.
struct SheetWeight {
    /// Of what a page needs the shipped ones have a tenth.
    private static let allowedBytes = 1 << 20
    /// libxslt compares each with those before it.
    private static let allowedAlternatives = 10_000
    /// How many files may import or include one in the other.
    private static let allowedLevels = 64

    private var bytes = 0
    private var alternatives = 0

    private var isTooMuch: Bool { bytes > Self.allowedBytes || alternatives > Self.allowedAlternatives }

    /// Throws an ``XMLError`` of kind `tooLarge` with the innermost file that is too much. What cannot be read or parsed is left to the compilation.
    static func admit(_ uri: VirtualURI, source: any StylesheetSource) throws(XMLError) {
        var known: [String: SheetWeight?] = [:]
        guard let heavy = weigh(uri.description, source: source, level: 1, known: &known).heavy, let uri = VirtualURI(heavy) else { return }
        let limits = "\(allowedBytes) bytes, \(allowedAlternatives) alternatives of patterns or \(allowedLevels) levels"
        throw XMLError(
            .tooLarge, "with all that it imports and includes it is more than \(limits)", file: try source.resolve(uri.path, builtin: uri.builtin),
            line: 1)
    }

    /// - Returns: `heavy` is the innermost one that is too much.
    private static func weigh(
        _ text: String, source: any StylesheetSource, level: Int, known: inout [String: SheetWeight?]
    ) -> (weight: SheetWeight, heavy: String?) {
        // One that includes itself is refused when it is compiled.
        if let weight = known[text] { return (weight ?? SheetWeight(), nil) }
        guard level <= allowedLevels else { return (SheetWeight(), text) }
        known[text] = .some(nil)
        guard let file = own(text, source: source) else { return (SheetWeight(), nil) }
        var weight = file.weight
        for reference in file.references where !weight.isTooMuch {
            let (other, heavy) = weigh(reference, source: source, level: level + 1, known: &known)
            if let heavy { return (weight, heavy) }
            weight.bytes += other.bytes
            weight.alternatives += other.alternatives
        }
        known[text] = weight
        return (weight, weight.isTooMuch ? text : nil)
    }

    /// A file by itself, and what it refers to.
    private static func own(_ text: String, source: any StylesheetSource) -> (weight: SheetWeight, references: [String])? {
        guard let uri = VirtualURI(text), let file = try? source.resolve(uri.path, builtin: uri.builtin), let bytes = try? FileBytes.read(file) else {
            return nil
        }
        // A large one need not be parsed.
        var weight = SheetWeight(bytes: bytes.count)
        guard !weight.isTooMuch else { return (weight, []) }
        guard let tree = unsafe bytes.withUnsafeBufferPointer({ unsafe try? Parser.parse($0, name: text, encoding: .declared) }) else { return nil }
        defer { unsafe xmlFreeDoc(tree) }
        var references: [String] = []
        var next = unsafe xmlDocGetRootElement(tree)?.pointee.children
        while let node = unsafe next {
            unsafe next = unsafe node.pointee.next
            guard unsafe node.pointee.type == XML_ELEMENT_NODE else { continue }
            if let pattern = unsafe attribute("match", of: node) { weight.alternatives += 1 + pattern.utf8.count { $0 == UInt8(ascii: "|") } }
            if unsafe isReference(node), let reference = unsafe reference(of: node) { references.append(reference) }
        }
        return (weight, references)
    }

    private static func isReference(_ node: xmlNodePtr) -> Bool {
        unsafe xmlStrEqual(node.pointee.name, "include") != 0 || xmlStrEqual(node.pointee.name, "import") != 0
    }

    /// What libxslt asks for there.
    private static func reference(of node: xmlNodePtr) -> String? {
        guard let href = unsafe attribute("href", of: node), let base = unsafe String(taking: xmlNodeGetBase(node.pointee.doc, node)) else {
            return nil
        }
        return unsafe String(taking: xmlBuildURI(href, base))
    }

    private static func attribute(_ name: String, of node: xmlNodePtr) -> String? { unsafe String(taking: xmlGetNoNsProp(node, name)) }
}
