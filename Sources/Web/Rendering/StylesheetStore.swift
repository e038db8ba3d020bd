// SPDX-License-Identifier: GPL-2.0-or-later
import FoundationEssentials
import Logging
import Synchronization
import XML

/// Compiled stylesheets, shared between requests. One whose files changed is compiled anew; where that fails the last good one
/// goes on, and the log says file and line, once for each change.
final class StylesheetStore: Sendable {
    private struct Entry {
        let stylesheet: Stylesheet?
        let error: XMLError?
        let stamps: [String: FileStamp?]
    }

    private let directories: AssetDirectories
    private let log: Logger
    private let entries = Mutex<[String: Entry]>([:])

    init(directories: AssetDirectories, log: Logger) {
        self.directories = directories
        self.log = log
    }

    /// The stylesheet of that path, for example `/html/pages/vm.xsl`. Throws what is wrong with it if it never compiled.
    func stylesheet(_ path: String) throws(XMLError) -> Stylesheet {
        let entry = entries.withLock { $0[path] }
        if let entry, isCurrent(entry) { return try result(of: entry) }
        let fresh = compile(path, last: entry)
        entries.withLock { $0[path] = fresh }
        return try result(of: fresh)
    }

    private func result(of entry: Entry) throws(XMLError) -> Stylesheet {
        if let stylesheet = entry.stylesheet { return stylesheet }
        throw entry.error ?? XMLError(.notFound, "there is no such stylesheet")
    }

    private func compile(_ path: String, last: Entry?) -> Entry {
        do throws(XMLError) {
            let stylesheet = try Stylesheet(path, source: directories)
            return Entry(stylesheet: stylesheet, error: nil, stamps: stamps(of: stylesheet.files))
        } catch {
            log.error(
                "stylesheet does not compile\(last?.stylesheet == nil ? "" : "; the last good one is used")",
                metadata: [
                    "stylesheet": "\(path)", "file": "\(error.file ?? "?")", "line": "\(error.line ?? 0)",
                    "error": "\(error.message.onOneLine)",
                ])
            let files = Set(last?.stamps.keys.map { $0 } ?? []).union([error.file, directories.resolve(path, builtin: false)].compactMap { $0 })
            return Entry(stylesheet: last?.stylesheet, error: error, stamps: stamps(of: Array(files)))
        }
    }

    private func isCurrent(_ entry: Entry) -> Bool { !entry.stamps.isEmpty && entry.stamps.allSatisfy { FileStamp($0.key) == $0.value } }

    /// Of each file that was read and of each that would override one of them.
    private func stamps(of files: [String]) -> [String: FileStamp?] {
        var stamps: [String: FileStamp?] = [:]
        let shipped = directories.builtin.appending(path: "Stylesheets").path + "/"
        for file in files {
            stamps[file] = .some(FileStamp(file))
            if let override = directories.override, file.hasPrefix(shipped) {
                let path = override.appending(path: String(file.dropFirst(shipped.count))).path
                stamps[path] = .some(FileStamp(path))
            }
        }
        return stamps
    }
}
