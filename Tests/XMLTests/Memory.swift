// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Synchronization

/// How much memory the process has, as Linux says.
enum Memory {
    /// In bytes.
    static func resident() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4096 } ?? 0
    }

    /// Looks at it all the time until it is asked.
    final class Watch: Sendable {
        private let highest = Atomic(0)
        private let isOver = Atomic(false)

        init() {
            Thread { [self] in
                while !isOver.load(ordering: .relaxed) {
                    highest.max(Memory.resident(), ordering: .relaxed)
                    Thread.sleep(forTimeInterval: 0.002)
                }
            }.start()
        }

        /// The most that there was.
        func peak() -> Int {
            isOver.store(true, ordering: .relaxed)
            return max(highest.load(ordering: .relaxed), Memory.resident())
        }
    }
}
