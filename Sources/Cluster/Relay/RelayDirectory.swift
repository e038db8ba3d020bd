// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

/// Where the relay's sockets lie, each for the moment that libvirt needs to connect to it: a directory that only this user can enter.
final class RelayDirectory: Sendable {
    /// The longest path that a UNIX socket may have, with room for our file names.
    private static let longest = 90

    private let path: String
    private let count = Atomic<Int>(0)

    /// Made below `XDG_RUNTIME_DIR`, or where that is not set or too long, `/tmp`.
    init() throws(ConnectError) {
        let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"]
        for base in [runtime, "/tmp"].compactMap({ $0 }) where base.utf8.count < Self.longest {
            var template = Array("\(base)/handlervirt-XXXXXX".utf8CString)
            if unsafe mkdtemp(&template) != nil {
                path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                return
            }
        }
        throw ConnectError("No directory for the relay's sockets can be made in /tmp.")
    }

    deinit { remove() }

    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// A path that was not used before.
    func next() -> String { "\(path)/\(count.add(1, ordering: .relaxed).newValue)" }
}
