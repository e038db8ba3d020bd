// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing
import XML

@Suite struct StylesheetTests {
    private static let page = "<xsl:import href=\"../layout.xsl\"/><xsl:template match=\"vm\">page</xsl:template>"
    private static let layout = """
        <xsl:include href="parts/foot.xsl"/>
        <xsl:template match="/"><o>layout <xsl:apply-templates/><xsl:call-template name="foot"/></o></xsl:template>
        """
    private static let foot = "<xsl:template name=\"foot\"> foot</xsl:template>"
    private static let shipped = [
        "shipped/html/pages/vm.xsl": page, "shipped/html/layout.xsl": layout, "shipped/html/parts/foot.xsl": foot,
    ]

    private func output(_ tree: TemporaryTree) throws -> String {
        let text = String(decoding: try Stylesheet("/html/pages/vm.xsl", source: tree).transform(Document(parsing: "<vm/>")), as: UTF8.self)
        return String(text.drop { $0 != "\n" }.dropFirst().dropLast())
    }

    private func compileError(_ tree: TemporaryTree) -> XMLError? {
        failure { () throws(XMLError) in _ = try Stylesheet("/html/pages/vm.xsl", source: tree) }
    }

    @Test func `imports and includes resolve inside the tree`() throws {
        let tree = try TemporaryTree(Self.shipped)
        #expect(try output(tree) == "<o>layout page foot</o>")
        let sheet = try Stylesheet("/html/pages/vm.xsl", source: tree)
        #expect(sheet.files == ["pages/vm", "layout", "parts/foot"].map { "\(tree.root)/shipped/html/\($0).xsl" })
    }

    @Test(arguments: [
        ("theme/html/pages/vm.xsl", page.replacing("page", with: "theme"), "<o>layout theme foot</o>"),
        ("theme/html/layout.xsl", layout.replacing("layout ", with: "mine "), "<o>mine page foot</o>"),
        ("theme/html/parts/foot.xsl", foot.replacing(" foot", with: " feet"), "<o>layout page feet</o>"),
    ])
    func `a theme overrides file by file`(path: String, text: String, expected: String) throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write(path, text.replacing("name=\" feet", with: "name=\"foot"))
        #expect(try output(tree) == expected)
        let sheet = try Stylesheet("/html/pages/vm.xsl", source: tree)
        #expect(sheet.files.contains("\(tree.root)/\(path)"))
        #expect(sheet.files.count == 3)
    }

    @Test func `a theme imports the file that it overrides, whose references are shipped ones`() throws {
        let tree = try TemporaryTree(Self.shipped)
        let mine = "<xsl:import href='builtin:/html/layout.xsl'/><xsl:template match='vm' priority='2'>never</xsl:template>"
        try tree.write("theme/html/layout.xsl", mine)
        try tree.write("theme/html/parts/foot.xsl", "<xsl:template name=\"foot\">never</xsl:template>")
        #expect(try output(tree) == "<o>layout page foot</o>")
    }

    @Test(arguments: [
        "../../outside.xsl", "../../../../../../etc/hostname", "file:///etc/hostname", "/etc/hostname", "http://127.0.0.1:1/a.xsl",
        "%2e%2e/%2e%2e/outside.xsl",
        "..%2f..%2f..%2f..%2foutside.xsl", "%252e%252e/layout.xsl", "builtin:/html/../../outside.xsl",
        "builtin:html/layout.xsl", "builtin://host/html/layout.xsl", "handlervirt:/../outside.xsl",
        "../layout.xsl?x", "../layout.xsl#x", "nosuch.xsl", "", "data:text/xml,%3Ca/%3E", "\\layout.xsl",
    ])
    func `nothing outside of the tree is read, and the importing line is named`(href: String) throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write("outside.xsl", Self.foot)
        for element in ["import", "include"] {
            try tree.write("theme/html/pages/vm.xsl", "<xsl:\(element) href=\"\(href)\"/><xsl:template match=\"/\">x</xsl:template>")
            let error = compileError(tree)
            #expect(error?.kind == .stylesheet)
            #expect(error?.file == "\(tree.root)/theme/html/pages/vm.xsl", "\(String(describing: error))")
            #expect(error?.line == 2)
            #expect(error?.message.contains("xsl:\(element)") == true)
        }
    }

    @Test func `xml base does not lead outside`() throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write("theme/html/pages/vm.xsl", "<xsl:include xml:base=\"file:///etc/\" href=\"hostname\"/>")
        #expect(compileError(tree)?.message.contains("file:///etc/hostname is outside") == true)
    }

    @Test(arguments: [
        ("<xsl:template match=\"vm\"><xsl:value-of select=\"1 +\"/></xsl:template>", 2, "could not compile select expression"),
        ("<xsl:template\nmatch=\"vm[\">\n</xsl:template>", 3, "vm["),
        ("<xsl:template match=\"vm\">\n<xsl:nosuch/></xsl:template>", 3, "nosuch"),
        ("<xsl:templet match=\"vm\"/>", 2, "templet"),
        ("<xsl:template match=\"vm\">\n</xsl:temple>", 3, "mismatch"),
        ("<xsl:output method=\"xml\" encoding=\"ISO-8859-1\"/>", nil, "UTF-8"),
    ])
    func `an error in a sheet has its file and line`(text: String, line: Int?, words: String) throws {
        for place in ["theme/html/pages/vm.xsl", "theme/html/layout.xsl", "theme/html/parts/foot.xsl"] {
            let tree = try TemporaryTree(Self.shipped)
            try tree.write(place, text)
            let error = compileError(tree)
            #expect(error?.kind == .stylesheet)
            #expect(error?.file == "\(tree.root)/\(line == nil ? error?.file?.replacing(tree.root + "/", with: "") ?? "" : place)")
            #expect(error?.line == line ?? 1)
            #expect(error?.message.contains(words) == true, "\(String(describing: error))")
        }
    }

    @Test func `a sheet with a DOCTYPE is refused`() throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write("theme/html/layout.xsl", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>\n" + TemporaryTree.sheet("&x;"))
        let error = compileError(tree)
        #expect(error?.message.contains("DOCTYPE") == true)
        #expect(error?.file == "\(tree.root)/theme/html/layout.xsl")
        #expect(error?.line == 1)
    }

    @Test func `a sheet that imports itself is refused`() throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write("theme/html/layout.xsl", "<xsl:import href=\"pages/vm.xsl\"/>")
        #expect(compileError(tree)?.message.contains("recursion") == true)
        try tree.write("theme/html/layout.xsl", "<xsl:include href=\"layout.xsl\"/>")
        #expect(compileError(tree)?.message.contains("recursion") == true)
    }

    @Test(arguments: ["include", "import"])
    func `a sheet whose parts double at each level is refused at once`(element: String) throws {
        let tree = try TemporaryTree(Self.shipped)
        try tree.write("theme/html/pages/vm.xsl", "<xsl:\(element) href=\"0.xsl\"/>")
        for level in 0..<40 {
            try tree.write("theme/html/pages/\(level).xsl", String(repeating: "<xsl:\(element) href=\"\(level + 1).xsl\"/>", count: 2))
        }
        try tree.write("theme/html/pages/40.xsl", "<xsl:template match=\"a\"/>")
        let error = compileError(tree)
        #expect(error?.kind == .tooLarge)
        #expect(error?.description.contains(#//theme/html/pages/[0-9]+\.xsl:1: /#) == true, "\(String(describing: error))")
    }

    @Test func `a sheet that includes one that includes one is refused where that goes on`() throws {
        let tree = try TemporaryTree(Self.shipped)
        func error(levels: Int) throws -> XMLError? {
            try tree.write("theme/html/pages/\(levels).xsl", "<xsl:template match=\"a\"/>")
            for level in 2..<levels { try tree.write("theme/html/pages/\(level).xsl", "<xsl:include href=\"\(level + 1).xsl\"/>") }
            try tree.write("theme/html/pages/vm.xsl", "<xsl:include href=\"2.xsl\"/>")
            return compileError(tree)
        }
        #expect(try error(levels: 64) == nil)
        #expect(try error(levels: 65)?.kind == .tooLarge)
    }

    @Test func `a sheet of a million bytes and one of ten thousand patterns are refused`() throws {
        let tree = try TemporaryTree(Self.shipped)
        func error(patterns: Int, padding: Int) throws -> XMLError? {
            let pattern = repeatElement("a", count: patterns).joined(separator: "|")
            try tree.write("theme/html/parts/foot.xsl", "<xsl:template match=\"\(pattern)\"/><!--\(String(repeating: "x", count: padding))-->")
            return compileError(tree)
        }
        #expect(try error(patterns: 9_900, padding: 1_000_000) == nil)
        #expect(try error(patterns: 10_001, padding: 0)?.kind == .tooLarge)
        let tooLarge = try error(patterns: 1, padding: 1 << 20)
        #expect(tooLarge?.kind == .tooLarge)
        #expect(tooLarge?.file?.hasSuffix("/theme/html/parts/foot.xsl") == true, "so that a change of it is seen")
    }

    @Test func `a missing sheet and one that is no file are told`() throws {
        let tree = try TemporaryTree([:])
        #expect(compileError(tree)?.kind == .notFound)
        try FileManager.default.createDirectory(atPath: tree.root + "/theme/html/pages/vm.xsl", withIntermediateDirectories: true)
        #expect(compileError(tree)?.message == "not a regular file")
    }

    @Test func `the output's method and media type are those of the sheet or its imports`() throws {
        var files = Self.shipped
        files["shipped/html/parts/foot.xsl"] = "<xsl:output method=\"html\" media-type=\"text/x\" encoding=\"utf-8\"/>" + Self.foot
        let sheet = try Stylesheet("/html/pages/vm.xsl", source: try TemporaryTree(files))
        #expect(sheet.outputMethod == "html")
        #expect(sheet.mediaType == "text/x")
        let plain = try Stylesheet("/html/pages/vm.xsl", source: try TemporaryTree(Self.shipped))
        #expect(plain.outputMethod == "xml")
        #expect(plain.mediaType == nil)
    }
}
