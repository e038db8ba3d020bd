// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// libvirt's own log (warnings of its client library, errors of drivers that run in this process), line by line.
///
/// libvirt can write it to a file but has no callback, so it is given a pipe.
public enum LibraryLog {
    /// Bytes of a line that are read; an error quotes what was posted, whole.
    private static let longest = 4096

    public struct Line: Sendable {
        /// Whether it is of an error, which may quote what was sent to libvirt, over several lines.
        public let isError: Bool
        public let text: String
    }

    /// Points libvirt at a pipe and calls `receive`, on a thread of its own, for each line. To be called before
    /// `EventLoop.register()`, because libvirt reads its environment once. Where the environment already says
    /// where the log goes (`LIBVIRT_LOG_OUTPUTS`), that stands. Returns whether the pipe is in use.
    @discardableResult
    public static func forward(to receive: @escaping @Sendable (Line) -> Void) -> Bool {
        guard unsafe getenv("LIBVIRT_LOG_OUTPUTS") == nil else { return false }
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return false }
        let (reading, writing) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        guard unsafe setenv("LIBVIRT_LOG_OUTPUTS", "3:file:/proc/self/fd/\(writing)", 1) == 0 else { return false }
        return startThread { read(from: reading, receive) }
    }

    private static func read(from descriptor: CInt, _ receive: (Line) -> Void) {
        var line: [UInt8] = []
        var isOfError = false
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return }
            var rest = chunk[..<count]
            // libvirt waits while the pipe is full, so each byte is looked at once.
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[..<end].prefix(longest - line.count)
                let read = self.line(String(decoding: line, as: UTF8.self), after: isOfError)
                isOfError = read.isError
                receive(read)
                line = []
                rest = rest[(end + 1)...]
            }
            line += rest.prefix(longest - line.count)
        }
    }

    /// `2026-01-01 00:00:00.000+0000: 4711: error : function:123 : text`, whose first two fields our own log has already.
    /// What does not begin so goes on with the line before.
    private static func line(_ raw: String, after isOfError: Bool) -> Line {
        let fields = raw.split(separator: ": ", maxSplits: 2)
        guard fields.count == 3, fields[0].wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:.+]+/) != nil,
            let level = fields[2].split(separator: " ").first
        else { return Line(isError: isOfError, text: raw) }
        return Line(isError: level == "error", text: String(fields[2]))
    }

    private static func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
        let box = unsafe Unmanaged.passRetained(ThreadBody(body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard status == 0 else {
            unsafe box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}

/// What a C thread carries as its argument; taken over by the thread, exactly once.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
