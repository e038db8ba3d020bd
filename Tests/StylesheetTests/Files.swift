// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Web
import XML

/// The files that stand beside these tests, and the stylesheets and the schema that are shipped.
enum Files {
    static let here = URL(filePath: #filePath).deletingLastPathComponent()
    static let top = here.deletingLastPathComponent().deletingLastPathComponent()
    static let source = AssetDirectories(builtin: top, override: nil)
    static let fixtures = names(in: "Fixtures")
    static let golden = names(in: "Golden")

    static func fixture(_ name: String) throws -> String { try String(contentsOf: here.appending(path: "Fixtures/\(name)"), encoding: .utf8) }

    /// Renders a document by the page of its root.
    static func render(_ text: String, as view: String) throws -> [UInt8] {
        let document = try Document(parsing: text)
        return try Stylesheet("/\(view)/pages/\(document.rootName).xsl", source: source).transform(document)
    }

    private static func names(in directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: here.appending(path: directory).path)) ?? []).sorted()
    }
}
