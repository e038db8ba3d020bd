// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import XML

/// Stylesheets in a temporary directory: `shipped/...` and, in front of it, `theme/...`.
final class TemporaryTree: StylesheetSource {
    let root: String

    /// Writes the files of `shipped/html/a.xsl` and so on; a value that begins with another `xsl:` element is wrapped in a stylesheet.
    init(_ files: [String: String]) throws {
        root = FileManager.default.temporaryDirectory.appending(path: "xmltests-\(UUID().uuidString)").path
        for (path, text) in files { try write(path, text) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func write(_ path: String, _ text: String) throws {
        let file = URL(filePath: root).appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((text.hasPrefix("<xsl:") && !text.hasPrefix("<xsl:stylesheet") ? Self.sheet(text) : text).utf8).write(to: file)
    }

    /// A stylesheet whose first line is the opening tag and whose second line is `body`.
    static func sheet(_ body: String) -> String {
        """
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" \
        xmlns:x="http://exslt.org/common" exclude-result-prefixes="x">
        \(body)
        </xsl:stylesheet>
        """
    }

    func resolve(_ path: String, builtin: Bool) -> String? {
        let places = builtin ? ["shipped"] : ["theme", "shipped"]
        return places.map { root + "/" + $0 + path }.first { FileManager.default.fileExists(atPath: $0) }
    }
}
