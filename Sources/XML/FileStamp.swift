// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// Enough of a file to tell that it was changed: its inode, size and time of modification. It stands here because where NIO is imported too, the
/// compiler may take `stat` for one of NIO's.
public struct FileStamp: Hashable, Sendable {
    private let inode: UInt
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil if there is no such file.
    public init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        inode = UInt(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
