// SPDX-License-Identifier: GPL-2.0-or-later
import Audit
import Logging
import NIOPosix
import XML

/// Turns a canonical document into the view that was asked for, on threads of its own.
struct Renderer: Sendable {
    /// Bytes with the media type that they are of.
    struct Rendering: Sendable {
        let bytes: [UInt8]
        let contentType: String
        var policy = ContentPolicy.data
    }

    private let stylesheets: StylesheetStore
    private let directories: AssetDirectories
    private let threads: NIOThreadPool

    init(directories: AssetDirectories, log: Logger, threads: NIOThreadPool) {
        stylesheets = StylesheetStore(directories: directories, log: log)
        self.directories = directories
        self.threads = threads
    }

    /// Renders a document whose root has that local name.
    func render(_ bytes: [UInt8], root: String, as view: View) async throws -> Rendering {
        switch view {
        case .xml: Rendering(bytes: bytes, contentType: "application/xml; charset=utf-8")
        case .raw where RawView.isSafe(bytes):
            Rendering(
                bytes: RawView.bytes(of: bytes, stylesheet: "/stylesheets/html/pages/\(root).xsl", script: "/public/render.js"),
                contentType: "application/xml; charset=utf-8", policy: .transformed)
        case .html, .raw:
            Rendering(bytes: try await transform(bytes, by: "/html/pages/\(root).xsl"), contentType: "text/html; charset=utf-8", policy: .page)
        case .json: Rendering(bytes: try await transform(bytes, by: "/json/pages/\(root).xsl"), contentType: "application/json")
        case .csv: Rendering(bytes: try await transform(bytes, by: "/csv/pages/\(root).xsl"), contentType: "text/csv; charset=utf-8; header=present")
        }
    }

    /// Whether documents of that root can be had in that view.
    func offers(_ view: View, of root: String) -> Bool {
        view != .csv || (try? directories.resolve("/csv/pages/\(root).xsl", builtin: true)) ?? nil != nil
    }

    private func transform(_ bytes: [UInt8], by path: String) async throws -> [UInt8] {
        let requester = Requester.current
        return try await threads.runIfActive {
            // What is logged there is of this request too.
            try Requester.$current.withValue(requester) { try transformed(bytes, by: path) }
        }
    }

    private func transformed(_ bytes: [UInt8], by path: String) throws(XMLError) -> [UInt8] {
        let stylesheet = try stylesheets.stylesheet(path)
        guard stylesheets.isForeign(stylesheet) else { return try stylesheet.transform(try Self.document(bytes)) }
        do throws(XMLError) {
            return try stylesheet.transform(try Self.document(bytes), limits: .foreign)
        } catch {
            // A transform may take white space out of a document, so each has its own.
            return try stylesheets.replacement(for: stylesheet, at: path, after: error).transform(try Self.document(bytes))
        }
    }

    private static func document(_ bytes: [UInt8]) throws(XMLError) -> Document {
        try Document(parsing: bytes, limits: ParseLimits(bytes: 256 << 20))
    }
}
