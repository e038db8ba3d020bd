// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc

/// A UNIX socket that takes connections and never says a word.
final class SilentSocket: Sendable {
    struct Failure: Error { let code: CInt }

    private let descriptor: CInt
    let path: String

    init() throws {
        path = "/tmp/silent-\(UInt32.random(in: 0 ... .max))"
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0, listen(descriptor, 64) == 0 else { throw Failure(code: errno) }
    }

    deinit {
        close(descriptor)
        try? FileManager.default.removeItem(atPath: path)
    }
}
