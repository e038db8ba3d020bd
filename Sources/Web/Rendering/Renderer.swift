// SPDX-License-Identifier: GPL-2.0-or-later
import Logging
import NIOPosix
import XML

/// Turns a canonical document into the view that was asked for, on threads of its own.
struct Renderer: Sendable {
    /// Bytes with the media type that they are of.
    struct Rendering: Sendable {
        let bytes: [UInt8]
        let contentType: String
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
        case .raw:
            Rendering(
                bytes: RawView.bytes(of: bytes, stylesheet: "/stylesheets/html/pages/\(root).xsl", script: "/public/render.js"),
                contentType: "application/xml; charset=utf-8")
        case .html: Rendering(bytes: try await transform(bytes, by: "/html/pages/\(root).xsl"), contentType: "text/html; charset=utf-8")
        case .json: Rendering(bytes: try await transform(bytes, by: "/json/pages/\(root).xsl"), contentType: "application/json")
        case .csv: Rendering(bytes: try await transform(bytes, by: "/csv/pages/\(root).xsl"), contentType: "text/csv; charset=utf-8; header=present")
        }
    }

    /// Whether documents of that root can be had in that view.
    func offers(_ view: View, of root: String) -> Bool {
        view != .csv || directories.resolve("/csv/pages/\(root).xsl", builtin: false) != nil
    }

    private func transform(_ bytes: [UInt8], by path: String) async throws -> [UInt8] {
        try await threads.runIfActive {
            let stylesheet = try stylesheets.stylesheet(path)
            return try stylesheet.transform(try Document(parsing: bytes, limits: ParseLimits(bytes: 256 << 20)))
        }
    }
}
