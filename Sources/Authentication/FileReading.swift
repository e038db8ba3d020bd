// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// A file as it is: what tells that it changed, and its bytes.
struct FileReading {
    /// Enough to tell that it was changed. Of what was changed just now it does not: clocks of file systems tick slowly.
    struct Stamp: Hashable, Sendable {
        /// Whether it is the same file: another one has taken its place otherwise, as a whole.
        func isSameFile(as other: Stamp) -> Bool { inode == other.inode }

        private let inode: UInt
        private let size: Int
        /// Of modification, and of the last change of any kind: the former can be set back.
        private let times: [Int]

        fileprivate init(_ status: stat) {
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
        }

        /// Nil if there is no such file.
        init?(path: String) {
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { return nil }
            self.init(status)
        }

        /// Whether it was changed within the last `seconds`.
        func isYounger(than seconds: Int) -> Bool { times[2] > time(nil) - seconds }
    }

    let stamp: Stamp
    /// Whether it changed while it was read.
    let isTorn: Bool
    let bytes: [UInt8]
    /// Whether everybody on the machine may read it.
    let isReadableByAll: Bool
    /// Seconds since 1970 of the last modification.
    let modified: Int

    /// Reads at most `limit` bytes and one of the regular file at `path`; throws a sentence that begins with `FILE: `.
    /// - Parameter noun: what sentences call it.
    init(path: String, noun: String, limit: Int) throws(AuthenticationError) {
        func failure(_ rest: String) -> AuthenticationError { AuthenticationError("\(path): The \(noun) \(rest).") }
        func unreadable() -> AuthenticationError { failure("cannot be read: \(unsafe String(cString: strerror(errno)))") }

        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw failure("is not a file") }
        guard status.st_mode & S_IWOTH == 0 else {
            throw failure("can be written by everybody on this machine, who can so log in as anybody; chmod o-w mends it")
        }
        let stamp = Stamp(status)
        self.stamp = stamp
        isReadableByAll = status.st_mode & S_IROTH != 0
        modified = status.st_mtim.tv_sec
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, min($0.count, limit + 1 - bytes.count)) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable() }
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        self.bytes = bytes
        guard unsafe fstat(descriptor, &status) == 0 else { throw unreadable() }
        isTorn = Stamp(status) != stamp
    }
}
