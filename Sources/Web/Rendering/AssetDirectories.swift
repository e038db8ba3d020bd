// SPDX-License-Identifier: GPL-2.0-or-later
public import Foundation
public import XML

/// Where stylesheets and public files lie: beside the checkout when developing, in `../share/handlervirt` when installed.
public struct AssetDirectories: StylesheetSource {
    /// The directory that holds the shipped `Stylesheets` and `Public`.
    public let builtin: URL
    /// A directory that overrides the shipped stylesheets, file by file.
    public let override: URL?

    public init(builtin: URL, override: URL?) {
        self.builtin = builtin
        self.override = override
    }

    /// Finds the shipped files from where the program lies. Nil if they are nowhere.
    public static func find(from executable: URL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(), override: URL?) -> AssetDirectories? {
        let directory = executable.deletingLastPathComponent()
        var candidates = [directory.deletingLastPathComponent().appending(path: "share/handlervirt")]
        var ancestor = directory
        while ancestor.path.count > 1 {
            candidates.append(ancestor)
            ancestor = ancestor.deletingLastPathComponent()
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0.appending(path: "Stylesheets/html/layout.xsl").path) }
            .map { AssetDirectories(builtin: $0, override: override) }
    }

    public func resolve(_ path: String, builtin onlyBuiltin: Bool) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, !parts.contains(where: { $0 == "." || $0 == ".." }) else { return nil }
        let relative = parts.joined(separator: "/")
        if !onlyBuiltin, let override, let file = Self.file(relative, in: override) { return file }
        return Self.file(relative, in: builtin.appending(path: "Stylesheets"))
    }

    /// The public file of that relative path.
    func publicFile(_ segments: [String]) -> String? {
        guard !segments.isEmpty, !segments.contains(where: { $0.hasPrefix(".") || $0.contains("/") || $0.isEmpty }) else { return nil }
        return Self.file(segments.joined(separator: "/"), in: builtin.appending(path: "Public"))
    }

    private static func file(_ relative: String, in directory: URL) -> String? {
        let path = directory.appending(path: relative).path
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else { return nil }
        return path
    }
}
