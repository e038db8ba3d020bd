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

    /// A link may lead to another file of its directory, and not out of it.
    public func resolve(_ path: String, builtin onlyBuiltin: Bool) throws(XMLError) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, !parts.contains(where: { $0 == "." || $0 == ".." }) else { return nil }
        let relative = parts.joined(separator: "/")
        if !onlyBuiltin, let override, let file = Self.file(relative, in: override) { return try Self.inside(override, file) }
        let shipped = builtin.appending(path: "Stylesheets")
        return try Self.file(relative, in: shipped).map { file throws(XMLError) in try Self.inside(shipped, file) }
    }

    /// The public file of that relative path.
    func publicFile(_ segments: [String]) -> String? {
        guard !segments.isEmpty, !segments.contains(where: { $0.hasPrefix(".") || $0.contains("/") || $0.isEmpty }) else { return nil }
        return Self.file(segments.joined(separator: "/"), in: builtin.appending(path: "Public"))
    }

    /// Throws where a link leads out of the directory.
    private static func inside(_ directory: URL, _ file: String) throws(XMLError) -> String {
        guard let place = real(directory.path), let real = real(file), real.hasPrefix(place == "/" ? place : place + "/") else {
            throw XMLError(.notFound, "a link leads out of the stylesheets", file: file, line: 1)
        }
        return file
    }

    private static func real(_ path: String) -> String? {
        guard let real = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func file(_ relative: String, in directory: URL) -> String? {
        let path = directory.appending(path: relative).path
        var isDirectory: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory.boolValue else { return nil }
        return path
    }
}
