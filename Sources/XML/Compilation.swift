// SPDX-License-Identifier: GPL-2.0-or-later
import CXML

/// One compilation of a stylesheet with all that it imports: what its files are, and what is wrong with them.
///
/// libxslt knows it by the `_private` field of the outermost stylesheet; an imported one has that as its `parent`
/// before anything of it is loaded, and an included one is no stylesheet of its own.
@safe final class Compilation {
    /// The real files that were read, by their URI.
    private(set) var files: [String: String] = [:]
    /// The real files in the order in which they were read first.
    private(set) var order: [String] = []

    /// What was compiled, if nothing was wrong; freed with this object if nobody takes it.
    private(set) var sheet: xsltStylesheetPtr?

    private let source: any StylesheetSource
    private let diagnostics: Diagnostics
    /// Whether what a stylesheet may not hold is looked for.
    private let isChecked: Bool

    init(source: any StylesheetSource, isChecked: Bool, diagnostics: Diagnostics) {
        self.isChecked = isChecked
        self.source = source
        self.diagnostics = diagnostics
    }

    deinit {
        unsafe xsltFreeStylesheet(sheet)
    }

    /// Compiles into `sheet`, or leaves it `nil`.
    func compile(_ uri: VirtualURI) {
        guard let sheet = unsafe xsltNewStylesheet() else { return }
        unsafe sheet.pointee._private = Unmanaged.passUnretained(self).toOpaque()
        guard let tree = unsafe load(uri.description, dictionary: sheet.pointee.dict) else {
            unsafe xsltFreeStylesheet(sheet)
            return
        }
        guard unsafe xsltParseStylesheetUser(sheet, tree) == 0 else {
            // A stylesheet that could not be compiled no longer owns its tree.
            unsafe xsltFreeStylesheet(sheet)
            unsafe xmlFreeDoc(tree)
            return
        }
        unsafe sheet.pointee._private = nil
        if let encoding = unsafe sheet.output(\.encoding), encoding.uppercased() != "UTF-8" {
            diagnostics.add(XMLError(.stylesheet, "the output must be UTF-8, not \(encoding)", file: order.first, line: 1))
            unsafe xsltFreeStylesheet(sheet)
            return
        }
        // Such as an unknown instruction, which libxslt would leave out with no more than a warning.
        guard !diagnostics.hasText else {
            unsafe xsltFreeStylesheet(sheet)
            return
        }
        unsafe self.sheet = unsafe sheet
    }

    /// Hands `sheet` over to its new owner.
    func takeSheet() -> xsltStylesheetPtr? {
        defer { unsafe sheet = nil }
        return unsafe sheet
    }

    /// libxslt's loader. It answers only to a compilation: `document()` at run time gets nothing.
    static func load(_ uri: UnsafePointer<xmlChar>?, dictionary: xmlDictPtr?, context: UnsafeMutableRawPointer?, type: xsltLoadType) -> xmlDocPtr? {
        guard type == XSLT_LOAD_STYLESHEET, let uri = unsafe uri else { return nil }
        var sheet = unsafe context?.assumingMemoryBound(to: xsltStylesheet.self)
        while let parent = unsafe sheet?.pointee.parent { unsafe sheet = unsafe parent }
        guard let owner = unsafe sheet?.pointee._private else { return nil }
        let compilation = unsafe Unmanaged<Compilation>.fromOpaque(owner).takeUnretainedValue()
        return unsafe compilation.load(String(cString: uri), dictionary: dictionary)
    }

    /// The tree of one file, which the caller owns; `nil` if there is none, and then `diagnostics` know why.
    func load(_ text: String, dictionary: xmlDictPtr?) -> xmlDocPtr? {
        do throws(XMLError) {
            guard let uri = VirtualURI(text) else {
                throw XMLError(.notFound, "\(text) is outside of the stylesheets")
            }
            guard let file = try source.resolve(uri.path, builtin: uri.builtin) else {
                throw XMLError(.notFound, "there is no stylesheet \(text)")
            }
            let bytes = try FileBytes.read(file)
            files[text] = file
            if !order.contains(file) { order.append(file) }
            let tree = unsafe try parse(bytes, uri: text, file: file, dictionary: dictionary)
            do throws(XMLError) {
                if isChecked { unsafe try SheetCheck.admit(tree, file: file) }
            } catch {
                unsafe xmlFreeDoc(tree)
                throw error
            }
            return unsafe tree
        } catch {
            diagnostics.add(error)
            return nil
        }
    }

    private func parse(_ bytes: [UInt8], uri: String, file: String, dictionary: xmlDictPtr?) throws(XMLError) -> xmlDocPtr {
        do throws(XMLError) {
            return unsafe try bytes.withUnsafeBufferPointer { bytes throws(XMLError) in
                unsafe try Parser.parse(bytes, name: uri, dictionary: dictionary, encoding: .declared)
            }
        } catch {
            throw XMLError(error.kind, error.message, file: file, line: error.line)
        }
    }
}
