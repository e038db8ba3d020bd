// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
import Logging

/// The file with the key of sessions, which replicas share. It is made if there is none.
enum SessionKeyFile {
    private static let noun = "file of the session key"

    /// Throws a sentence that begins with `FILE: `.
    static func watched(
        path: String, pause: Duration = .seconds(1), freshness: Int = 3, log: Logger
    ) throws(AuthenticationError) -> WatchedFile<SessionKey> {
        try make(path)
        return try WatchedFile(path: path, noun: noun, limit: 65_536, pause: pause, freshness: freshness, log: log) {
            reading, _ throws(AuthenticationError) in try key(reading, path)
        }
    }

    private static func key(_ reading: FileReading, _ path: String) throws(AuthenticationError) -> SessionKey {
        guard reading.bytes.count >= SessionKey.shortest else {
            throw AuthenticationError(
                "\(path): The \(noun) holds \(reading.bytes.count) bytes; it takes \(SessionKey.shortest) random ones. Delete it, and a good one is made."
            )
        }
        guard !reading.isReadableByAll else {
            throw AuthenticationError(
                "\(path): Everybody on this machine may read the \(noun), and so log in as anybody. Delete it, and a new one is made; or chmod o-r, if nobody has."
            )
        }
        return SessionKey(reading.bytes)
    }

    /// Makes it where there is none: whole, and once, however many begin at the same time.
    private static func make(_ path: String) throws(AuthenticationError) {
        guard unsafe access(path, F_OK) != 0, errno == ENOENT else { return }
        let scratch = "\(path).\(Random.bytes(8).map { String($0, radix: 16) }.joined())"
        defer { _ = unsafe unlink(scratch) }
        try FileReplacement.write(Random.bytes(64), to: scratch, mode: 0o600)
        guard unsafe link(scratch, path) == 0 || errno == EEXIST else {
            throw AuthenticationError("\(path): The \(noun) cannot be made: \(unsafe String(cString: strerror(errno))).")
        }
    }
}
