// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Testing

/// The avahi-daemon that Tests/testbed/avahi.sh has started for these tests, if it has: HANDLERVIRT_TEST_AVAHI is its directory.
enum Daemon {
    static let directory = ProcessInfo.processInfo.environment["HANDLERVIRT_TEST_AVAHI"]

    /// Without it, nothing here may reach the machine's own Avahi.
    static let isApart: Void = {
        if directory == nil { unsafe _ = setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1) }
    }()

    static func control(_ verb: String) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "testbed/avahi.sh")
        // Not Foundation's Process, which waits until the daemons have ended too that the script started.
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup(script.path), strdup(verb), strdup(directory ?? ""), nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var pid: pid_t = 0
        try #require(unsafe posix_spawn(&pid, script.path, nil, nil, &arguments, environ) == 0)
        var status: CInt = 0
        try #require(unsafe waitpid(pid, &status, 0) == pid && status == 0)
    }

    /// Resident anonymous memory in KiB.
    static func memory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon") })
        return try #require(line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) })
    }

    static var isSanitized: Bool { unsafe dlsym(nil, "__asan_init") != nil }

    static func until(_ seconds: Double = 60, _ holds: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try await holds() { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }
}
