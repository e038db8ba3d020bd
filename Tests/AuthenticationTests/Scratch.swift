// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// A folder that goes with its owner.
final class Scratch: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "handlervirt-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func write(_ text: String, to name: String) throws { try text.write(toFile: path(name), atomically: true, encoding: .utf8) }

    func read(_ name: String) throws -> String { String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self) }

    func mode(_ name: String) throws -> Int? { try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int }

    func setMode(_ mode: Int, of name: String) throws { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name)) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted() }
}
