// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
import Synchronization

/// A file that lines are appended to.
final class AuditFile: AuditSink {
    private struct State {
        var file: OpenFile
        /// How many there were before.
        var place = 0
        /// Whether the file ends with a part of a line that could not be taken back.
        var isTorn = false
        /// Since when another file is at the path, or none.
        var strayed: ContinuousClock.Instant?
        /// Why lines of a file before are not safe.
        var failure: AuditError?
    }

    let path: String
    /// How long a file is written to that was renamed: who rotates makes the new one first, and says so then.
    private let patience: Duration
    private let state: Mutex<State>

    /// Opens or makes it. Throws where another server writes it.
    init(path: String, patience: Duration = .seconds(5)) throws(AuditError) {
        self.path = path
        self.patience = patience
        state = Mutex(State(file: try Self.open(path)))
    }

    var file: OpenFile { state.withLock { $0.file } }

    var place: Int { state.withLock { $0.place } }

    var warning: String? {
        guard let mode = file.status?.st_mode, mode & S_IROTH != 0 else { return nil }
        return "everybody on this machine may read the audit: \(path)"
    }

    func write(_ line: [UInt8]) throws(AuditError) {
        try state.withLock { state throws(AuditError) in
            try follow(&state)
            let bytes = state.isTorn ? [UInt8(ascii: "\n")] + line : line
            let written = state.file.write(bytes)
            guard written < bytes.count else {
                state.isTorn = false
                return
            }
            let error: AuditError =
                written < 0 ? .system("\(path) cannot be written") : AuditError("\(path) cannot be written: there is no space for a whole line")
            if written > 0 { state.isTorn = !state.file.takeBack(written) }
            throw error
        }
    }

    func sync() throws(AuditError) {
        let (file, failure) = state.withLock { state in
            defer { state.failure = nil }
            return (state.file, state.failure)
        }
        if let failure { throw failure }
        guard fdatasync(file.descriptor) == 0 else { throw .system("\(path) cannot be written to the disk") }
    }

    func reopen() throws(AuditError) {
        try state.withLock { state throws(AuditError) in
            if !isStray(state.file) { return }
            try replace(&state)
        }
    }

    /// Opens a new file where the one that is written is gone, or has been another one for a while.
    private func follow(_ state: inout State) throws(AuditError) {
        guard isStray(state.file) else {
            state.strayed = nil
            return
        }
        // What is written into a file without a name nobody reads.
        if state.file.status?.st_nlink == 0 { return try replace(&state) }
        let strayed = state.strayed ?? .now
        state.strayed = strayed
        guard strayed + patience <= .now else { return }
        // Where that cannot be, the renamed one is still better than none.
        do throws(AuditError) { try replace(&state) } catch { state.strayed = .now }
    }

    /// Whether another file is at the path, or none.
    private func isStray(_ file: OpenFile) -> Bool {
        var status = stat()
        guard let known = file.status, unsafe stat(path, &status) == 0 else { return true }
        return status.st_dev != known.st_dev || status.st_ino != known.st_ino
    }

    /// Throws where there can be no new file; then the old one stays.
    private func replace(_ state: inout State) throws(AuditError) {
        let new = try Self.open(path)
        _ = try AuditTail(mending: new, path: path)
        // Who waits for a line of the old one is told by the next sync.
        let isSafe = fdatasync(state.file.descriptor) == 0
        let failure = isSafe ? state.failure : .system("the file before \(path) cannot be written to the disk")
        state = State(file: new, place: state.place + 1, failure: failure)
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
        // A file that may not grow is an error of the write, and not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        let descriptor = unsafe Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else { throw .system("\(path) cannot be opened") }
        let file = OpenFile(descriptor: descriptor)
        guard let status = file.status, status.st_mode & S_IFMT == S_IFREG else { throw AuditError("\(path) is no regular file.") }
        if status.st_size == 0 { try keepName(of: path) }
        return file
    }

    /// Has a new file's name outlast a loss of power, too. A folder that may not be read, or knows no such thing, is left alone.
    private static func keepName(of path: String) throws(AuditError) {
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
        let descriptor = unsafe Glibc.open(String(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw .system("\(folder) cannot be written to the disk") }
    }
}
