// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// How often anything known of any host has changed: the version of the whole.
final class ChangeCounter: Sendable {
    private let count = Atomic<UInt64>(0)

    var value: UInt64 { count.load(ordering: .acquiring) }
    func increment() { count.add(1, ordering: .acquiringAndReleasing) }
}
