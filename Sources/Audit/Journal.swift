// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// systemd's journal, by its native protocol: a datagram with a field a line.
final class Journal: AuditSink {
    private let path: String
    private let socket: OpenFile?

    init(path: String) {
        self.path = path
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        socket = descriptor < 0 ? nil : OpenFile(descriptor: descriptor)
        // A journal that hangs is one that cannot be written.
        var patience = timeval(tv_sec: 2, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    func write(_ line: [UInt8]) throws(AuditError) {
        guard let socket else { throw AuditError("There is no socket for the journal.") }
        // The line holds no line feed but its last.
        let datagram = Array("SYSLOG_IDENTIFIER=handlervirt-audit\nPRIORITY=5\nMESSAGE=".utf8) + line
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else { throw AuditError("The journal's path is too long.") }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let sent = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe datagram.withUnsafeBytes {
                    unsafe sendto(
                        socket.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL), pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
        }
        guard sent == datagram.count else { throw .system("The journal cannot be written") }
    }
}
