// SPDX-License-Identifier: GPL-2.0-or-later
import Documents
import Foundation
import NIOPosix

/// Files that are served as they are: those in `Public`, and the stylesheets for browsers that transform.
struct Assets: Sendable {
    private static let contentTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml", "png": "image/png",
        "rng": "application/xml; charset=utf-8", "xsl": "text/xsl; charset=utf-8",
    ]

    let directories: AssetDirectories
    let threads: NIOThreadPool

    func publicFile(_ segments: [String]) async throws -> Answer { try await answer(directories.publicFile(segments)) }

    func stylesheet(_ segments: [String]) async throws -> Answer {
        try await answer(try? directories.resolve("/" + segments.joined(separator: "/"), builtin: false))
    }

    private func answer(_ path: String?) async throws -> Answer {
        guard let path, let type = Self.contentTypes[URL(filePath: path).pathExtension] else {
            throw Fault(404, "There is no such file.")
        }
        return .file(try await threads.runIfActive { Array(try Data(contentsOf: URL(filePath: path))) }, contentType: type)
    }
}
