// SPDX-License-Identifier: GPL-2.0-or-later
import CXML
import Synchronization

/// A compiled stylesheet with all that it imports and includes, shared between any number of threads.
///
/// Compiling and transforming block: neither belongs on a thread that must answer at once.
@safe public final class Stylesheet: Sendable {
    /// Every real file that the compilation read, the stylesheet itself first.
    public let files: [String]
    /// The `media-type` of its `xsl:output`, if it has one.
    public let mediaType: String?
    /// The `method` of its `xsl:output`: `html`, `text` or `xml`, which is also what is meant by none.
    public let outputMethod: String

    /// libxslt only reads a compiled stylesheet, so transforms on several threads may share it.
    nonisolated(unsafe) let pointer: xsltStylesheetPtr
    /// The real files by the URI under which libxslt knows them.
    let filesByURI: [String: String]

    /// libxslt keeps its extensions and its loader in globals, and nothing is gained by compiling two sheets at once.
    private static let compiling = Mutex<Void>(())

    /// Compiles the stylesheet of a path such as `/html/pages/vm.xsl`.
    ///
    /// Relative references resolve inside the tree of such paths; `builtin:/html/layout.xsl` names the file that was
    /// shipped, whose own relative references then mean shipped files. Nothing else can be imported or included.
    /// What libxslt only warns of, such as an unknown instruction, is an error here, as it would be left out in silence.
    /// It stands for `xsltParseStylesheetUser`.
    /// - Throws: an ``XMLError`` of kind `notFound` if there is no file for `uri`, of kind `tooLarge` if it is too much with all that it
    ///   imports and includes, otherwise of kind `stylesheet`, with the real file and the line.
    /// - Parameter builtin: whether only shipped files will do.
    public convenience init(_ uri: String, source: any StylesheetSource, builtin: Bool = false) throws(XMLError) {
        try self.init(uri, source: source, builtin: builtin, isChecked: true)
    }

    /// - Parameter isChecked: false only where it is tried what an unchecked one can do.
    init(_ uri: String, source: any StylesheetSource, builtin: Bool = false, isChecked: Bool) throws(XMLError) {
        guard let virtual = VirtualURI(builtin: builtin, path: uri), try source.resolve(uri, builtin: builtin) != nil else {
            throw XMLError(.notFound, "there is no stylesheet \(uri)")
        }
        try SheetWeight.admit(virtual, source: source)
        let compiled = try Diagnostics.collect { diagnostics throws(XMLError) in
            let compilation = Compilation(source: source, isChecked: isChecked, diagnostics: diagnostics)
            Self.compiling.withLock { _ in compilation.compile(virtual) }
            guard unsafe compilation.sheet != nil else { throw diagnostics.error(.stylesheet, files: compilation.files) }
            diagnostics.log(files: compilation.files)
            return compilation
        }
        guard let sheet = unsafe compiled.takeSheet() else { throw XMLError(.stylesheet, "no memory") }
        unsafe pointer = sheet
        filesByURI = compiled.files
        files = compiled.order
        mediaType = unsafe sheet.output(\.mediaType)
        outputMethod = unsafe sheet.output(\.method) ?? "xml"
    }

    deinit {
        unsafe xsltFreeStylesheet(pointer)
    }
}
