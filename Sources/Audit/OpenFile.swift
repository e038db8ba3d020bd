// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// A file descriptor that is closed with its last user.
final class OpenFile: Sendable {
    let descriptor: CInt

    init(descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    var status: stat? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? status : nil
    }

    /// Reads until there is no more, or as many bytes.
    func read(from offset: Int, count: Int) throws(AuditError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[done...]).baseAddress, count - done, off_t(offset + done))
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw .system("cannot be read") }
            if read == 0 { break }
            done += read
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// Writes bytes from an index on, by one call. How many were written, or -1 with `errno`.
    func write(_ bytes: [UInt8], from index: Int = 0) -> Int {
        while true {
            let written = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: $0[index...]).baseAddress, $0.count - index)
            }
            guard written < 0, errno == EINTR else { return written }
        }
    }
}

extension OpenFile {
    /// Cuts off what was just written, unless something was appended to it since.
    func takeBack(_ count: Int) -> Bool {
        let end = lseek(descriptor, 0, SEEK_CUR)
        guard end >= count, let status, status.st_size == end else { return false }
        return ftruncate(descriptor, end - off_t(count)) == 0
    }
}

extension AuditError {
    /// What the system says of the call that has just failed.
    static func system(_ what: String) -> AuditError { AuditError("\(what): \(unsafe String(cString: strerror(errno)))") }
}
