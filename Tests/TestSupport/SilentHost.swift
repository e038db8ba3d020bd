// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc

/// A UNIX socket that takes connections and never says a word.
public final class SilentHost: Sendable {
    public struct Failure: Error { public let code: CInt }

    private let descriptor: CInt
    public let path: String

    public var uri: String { "qemu+unix:///system?socket=\(path)" }

    public init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "silent-\(UInt32.random(in: 0 ... .max))").path
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // The kernel itself completes the connections that wait here to be accepted.
        guard result == 0, listen(descriptor, 64) == 0 else { throw Failure(code: errno) }
    }

    deinit {
        close(descriptor)
        try? FileManager.default.removeItem(atPath: path)
    }
}
