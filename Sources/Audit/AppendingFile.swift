// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// A file that a server may be writing, or that one left when it was killed.
final class AppendingFile: AuditSink {
    private let path: String
    private let file: OpenFile

    init(path: String) throws(AuditError) {
        self.path = path
        file = try AuditFile.opened(path)
    }

    func write(_ line: [UInt8]) throws(AuditError) {
        // A server that runs has mended it already, and holds the lock.
        let isAlone = flock(file.descriptor, LOCK_EX | LOCK_NB) == 0
        defer { if isAlone { flock(file.descriptor, LOCK_UN) } }
        if isAlone { _ = try AuditTail(mending: file, path: path) }
        let written = file.write(line)
        guard written < line.count else { return }
        let error = AuditError("\(path) cannot be written whole")
        // A server that writes there goes on on the next line.
        if written > 0, !file.takeBack(written) { _ = file.write([UInt8(ascii: "\n")]) }
        throw error
    }

    func sync() throws(AuditError) {
        guard fdatasync(file.descriptor) == 0 else { throw .system("\(path) cannot be written to the disk") }
    }
}
