// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc

/// Puts new bytes in the place of a file at once: who reads it sees the old ones or the new, also after a power cut.
enum FileReplacement {
    /// Replaces the file at `path` with what `edit` makes of its bytes, of which there are none where there is no file. Mode and owner stay; a
    /// new one is for its owner alone, who is that of its folder where root makes it. Who does the same at the same time waits. Throws a sentence
    /// that begins with `FILE: `.
    static func replace(
        _ path: String, noun: String, limit: Int, _ edit: ([UInt8]) throws(AuthenticationError) -> [UInt8]
    ) throws(AuthenticationError) {
        // A link stays one.
        let path = resolved(path)
        let directory = folder(of: path)
        let lock = unsafe Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard lock >= 0 else { throw failure(path) }
        defer { close(lock) }
        while flock(lock, LOCK_EX) != 0 { guard errno == EINTR else { throw failure(path) } }
        var status = stat()
        let isThere = unsafe stat(path, &status) == 0
        guard isThere || errno == ENOENT else { throw failure(path) }
        let bytes = try edit(isThere ? try FileReading(path: path, noun: noun, limit: limit).bytes : [])
        let scratch = "\(path).\(Random.bytes(8).map { String($0, radix: 16) }.joined())"
        do throws(AuthenticationError) {
            try write(
                bytes, to: scratch, mode: isThere ? status.st_mode & 0o7777 : 0o600,
                owner: isThere ? (status.st_uid, status.st_gid) : ownerOfNew(in: lock))
            guard unsafe rename(scratch, path) == 0 else { throw failure(path) }
        } catch {
            _ = unsafe unlink(scratch)
            throw error
        }
        fsync(lock)
    }

    /// Writes a new file, down to the disk.
    /// - Parameter owner: whose it shall be; nil: the process's.
    static func write(
        _ bytes: [UInt8], to path: String, mode: mode_t, owner: (user: uid_t, group: gid_t)? = nil
    ) throws(AuthenticationError) {
        let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            rest = rest.dropFirst(count)
        }
        if let owner {
            guard owner.user == geteuid() && owner.group == getegid() || fchown(descriptor, owner.user, owner.group) == 0 else {
                throw AuthenticationError("\(path): It cannot be given the owner that it has to have: \(unsafe String(cString: strerror(errno))).")
            }
        }
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Root makes a file for whom its folder belongs to, which is the server, that has to read it. Nil: whoever makes it.
    private static func ownerOfNew(in directory: CInt) -> (user: uid_t, group: gid_t)? {
        var status = stat()
        guard geteuid() == 0, unsafe fstat(directory, &status) == 0 else { return nil }
        return (status.st_uid, status.st_gid)
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else {
            // Also one that leads to where there is no file yet. Of links in a circle the file system says so.
            guard errno == ENOENT, let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
            return resolved(target.hasPrefix("/") ? target : "\(folder(of: path))/\(target)")
        }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func failure(_ path: String) -> AuthenticationError {
        AuthenticationError("\(path): It cannot be written: \(unsafe String(cString: strerror(errno))).")
    }
}
