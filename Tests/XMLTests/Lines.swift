// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// A log that can be read again.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
