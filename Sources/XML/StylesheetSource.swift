// SPDX-License-Identifier: GPL-2.0-or-later

/// Where the files of stylesheets are.
public protocol StylesheetSource: Sendable {
    /// The real file of a path such as `/html/layout.xsl`, or `nil` if there is none.
    ///
    /// The path is absolute and of plain segments: never `..`, never escaped. It is asked for the stylesheet itself and
    /// for everything that is imported or included, on the thread that compiles, one compilation at a time.
    /// - Parameter builtin: whether only the file that was shipped will do.
    /// - Throws: an ``XMLError`` of kind `notFound` if there is a file that may not be read.
    func resolve(_ path: String, builtin: Bool) throws(XMLError) -> String?
}
