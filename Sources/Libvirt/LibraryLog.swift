// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// libvirt's own log (warnings of its client library, errors of drivers that run in this process), line by line.
///
/// libvirt can write it to a file but has no callback, so it is given a pipe.
public enum LibraryLog {
    public struct Line: Sendable {
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
        var rest: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return }
            rest += chunk[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                receive(line(String(decoding: rest[..<end], as: UTF8.self)))
                rest.removeSubrange(...end)
            }
        }
    }

    /// `2026-01-01 00:00:00.000+0000: 4711: error : function:123 : text`, whose first two fields our own log has already.
    private static func line(_ raw: String) -> Line {
        let fields = raw.split(separator: ": ", maxSplits: 2)
        guard fields.count == 3, let level = fields[2].split(separator: " ").first else { return Line(isError: false, text: raw) }
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
