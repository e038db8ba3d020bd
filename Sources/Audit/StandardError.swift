// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// The process's standard error, as it is when it begins to be written to.
final class StandardError: AuditSink {
    private let file: OpenFile?

    /// - Parameter descriptor: another one, in tests.
    init(descriptor: CInt = STDERR_FILENO) {
        signal(SIGPIPE, SIG_IGN)
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        file = copy < 0 ? nil : OpenFile(descriptor: copy)
    }

    func write(_ line: [UInt8]) throws(AuditError) {
        guard let file else { throw AuditError("Standard error is closed.") }
        var done = 0
        while done < line.count {
            let written = file.write(line, from: done)
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
