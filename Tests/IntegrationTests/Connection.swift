// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc

/// A TCP connection to this machine, which blocks.
final class Connection: Sendable {
    private let descriptor: CInt

    /// - Parameter timeout: seconds without a byte after which a read fails.
    init(port: UInt16, timeout: Int) throws {
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: timeout, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            throw HTTPClient.Failure(description: "port \(port) refuses: errno \(errno)")
        }
    }

    deinit { close(descriptor) }

    /// Sends all, or as much as the server takes before it closes: one that refuses a large body need not read it.
    func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes { unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            sent += count
        }
    }

    func readToEnd() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            if count == 0 { return bytes }
            guard count > 0 else {
                // A server that closes with unread bytes resets the connection, though it has answered.
                if errno == ECONNRESET, !bytes.isEmpty { return bytes }
                throw HTTPClient.Failure(description: errno == EAGAIN ? "no answer in time" : "errno \(errno) while reading")
            }
            bytes += buffer[..<count]
        }
    }
}
