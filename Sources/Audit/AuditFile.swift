// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
import Synchronization

/// A file that lines are appended to.
final class AuditFile: AuditSink {
    private struct State {
        var file: OpenFile
        /// Whether the file ends with a part of a line that could not be taken back.
        var isTorn = false
    }

    let path: String
    private let state: Mutex<State>

    /// Opens or makes it. Throws where another server writes it.
    init(path: String) throws(AuditError) {
        // A file that may not grow is an error of the write, and not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        self.path = path
        state = Mutex(State(file: try Self.open(path)))
    }

    var file: OpenFile { state.withLock { $0.file } }

    func write(_ line: [UInt8]) throws(AuditError) {
        try state.withLock { state throws(AuditError) in
            let bytes = state.isTorn ? [UInt8(ascii: "\n")] + line : line
            let written = state.file.write(bytes)
            guard written < bytes.count else {
                state.isTorn = false
                return
            }
            let error: AuditError =
                written < 0 ? .system("\(path) cannot be written") : AuditError("\(path) cannot be written: there is no space for a whole line")
            if written > 0 { state.isTorn = !Self.takeBack(written, of: state.file) }
            throw error
        }
    }

    func sync() throws(AuditError) {
        guard fdatasync(file.descriptor) == 0 else { throw .system("\(path) cannot be written to the disk") }
    }

    func reopen() throws(AuditError) {
        let old = file
        var status = stat()
        if let known = old.status, unsafe stat(path, &status) == 0, status.st_dev == known.st_dev, status.st_ino == known.st_ino { return }
        let new = try Self.open(path)
        _ = fdatasync(old.descriptor)
        state.withLock { $0 = State(file: new) }
    }

    /// Cuts off what was just written, unless something was appended to it since.
    private static func takeBack(_ count: Int, of file: OpenFile) -> Bool {
        let end = lseek(file.descriptor, 0, SEEK_CUR)
        guard end >= count, let status = file.status, status.st_size == end else { return false }
        return ftruncate(file.descriptor, end - off_t(count)) == 0
    }

    private static func open(_ path: String) throws(AuditError) -> OpenFile {
        let file = try opened(path)
        // Who appends a single line holds it for a moment.
        for _ in 0..<20 {
            if flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 { return file }
            guard errno == EWOULDBLOCK else { throw .system("\(path) cannot be locked") }
            usleep(50_000)
        }
        throw AuditError("\(path) is the audit of another server that runs: each needs a file of its own.")
    }

    /// Opens a file without locking it.
    static func opened(_ path: String) throws(AuditError) -> OpenFile {
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .system("\(path) cannot be opened") }
        let file = OpenFile(descriptor: descriptor)
        guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else { throw AuditError("\(path) is no regular file.") }
        return file
    }
}
