// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
import Synchronization

/// The process's standard error, as it is when it begins to be written to.
final class StandardErrorSink: AuditSink {
    private let file: OpenFile?
    /// Whether the last line is there in part.
    private let isTorn = Mutex(false)

    /// - Parameter descriptor: another one, in tests.
    init(descriptor: CInt = STDERR_FILENO) {
        signal(SIGPIPE, SIG_IGN)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        file = copy < 0 ? nil : OpenFile(descriptor: copy)
    }

    /// By one call, so that what others write there does not get in between, unless it is a pipe that takes only a part.
    func write(_ line: [UInt8]) throws(AuditError) {
        guard let file else { throw AuditError("Standard error is closed.") }
        try isTorn.withLock { isTorn throws(AuditError) in
            let bytes = isTorn ? [UInt8(ascii: "\n")] + line : line
            var done = 0
            defer { if done > 0 { isTorn = done < bytes.count } }
            while done < bytes.count {
                let written = file.write(bytes, from: done)
                if written < 0, errno == EAGAIN {
                    var waiting = pollfd(fd: file.descriptor, events: Int16(POLLOUT), revents: 0)
                    guard unsafe poll(&waiting, 1, 2_000) > 0 else { throw AuditError("Nobody reads standard error.") }
                    continue
                }
                guard written >= 0 else { throw .system("Standard error cannot be written") }
                done += written
            }
        }
    }
}
