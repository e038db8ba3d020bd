// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// The bytes of a stylesheet or schema: of a regular file only, so that a pipe cannot hang a compilation.
enum FileBytes {
    /// - Throws: an ``XMLError`` of kind `notFound` or `tooLarge`, with the path as its file.
    static func read(_ path: String, limits: ParseLimits = .shipped) throws(XMLError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw XMLError(.notFound, "not a regular file", file: path) }
        guard status.st_size <= limits.bytes else { throw XMLError(.tooLarge, "more than \(limits.bytes) bytes", file: path) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe Glibc.read(descriptor, rest.baseAddress, rest.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    private static func failure(_ path: String) -> XMLError {
        XMLError(.notFound, unsafe String(cString: strerror(errno)), file: path)
    }
}
