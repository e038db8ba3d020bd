// SPDX-License-Identifier: GPL-2.0-or-later
import FoundationEssentials
import Logging
import Synchronization
import XML

/// Compiled stylesheets, shared between requests. One whose files changed is compiled anew; where that fails the last good one
/// goes on, or the shipped one, and the log says file and line, once for each change.
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

    /// Whether a file of the overriding directory is in it.
    func isForeign(_ stylesheet: Stylesheet) -> Bool {
        guard let override = directories.override else { return false }
        return stylesheet.files.contains { $0.hasPrefix(override.path + "/") }
    }

    /// The shipped stylesheet in the place of one that failed, which is set aside until one of its files changes.
    func replacement(for failed: Stylesheet, at path: String, after error: XMLError) throws(XMLError) -> Stylesheet {
        let shipped = try Stylesheet(path, source: directories, builtin: true)
        let isFirst = entries.withLock { entries in
            guard let entry = entries[path], entry.stylesheet === failed else { return false }
            entries[path] = Entry(stylesheet: shipped, error: nil, stamps: entry.stamps)
            return true
        }
        if isFirst {
            let place = XMLError(error.kind, error.message, file: error.file ?? failed.files.first, line: error.line)
            report(place, of: path, "stylesheet fails; the shipped one is used")
        }
        return shipped
    }

    private func compile(_ path: String, last: Entry?) -> Entry {
        do throws(XMLError) {
            let stylesheet = try Stylesheet(path, source: directories)
            return Entry(stylesheet: stylesheet, error: nil, stamps: stamps(of: stylesheet.files))
        } catch {
            let shipped = last?.stylesheet == nil && directories.override != nil ? try? Stylesheet(path, source: directories, builtin: true) : nil
            let instead = last?.stylesheet != nil ? "; the last good one is used" : shipped != nil ? "; the shipped one is used" : ""
            report(error, of: path, "stylesheet does not compile\(instead)")
            let own = (try? directories.resolve(path, builtin: false)) ?? nil
            let files = Set(last?.stamps.keys.map { $0 } ?? []).union([error.file, own].compactMap { $0 }).union(shipped?.files ?? [])
            return Entry(stylesheet: last?.stylesheet ?? shipped, error: error, stamps: stamps(of: Array(files)))
        }
    }

    private func report(_ error: XMLError, of path: String, _ message: Logger.Message) {
        log.error(
            message,
            metadata: [
                "stylesheet": "\(path)", "file": "\(error.file ?? "?")", "line": "\(error.line ?? 0)", "error": "\(error.message.onOneLine)",
            ])
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
