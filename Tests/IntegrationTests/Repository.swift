// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// Where the files of the checkout are.
enum Repository {
    static func path(_ relative: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: relative).path
    }

    /// The files of a folder of the corpus, in order.
    static func corpus(_ folder: String) throws -> [String] {
        let directory = path("Tests/IntegrationTests/Corpus/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".xml") }.sorted().map { "\(directory)/\($0)" }
    }

    static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }
}
