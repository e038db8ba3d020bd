// SPDX-License-Identifier: GPL-2.0-or-later

/// What was accepted a short while ago, as marks: the oldest goes where there are too many.
struct AcceptedPasswords {
    let lifetime: Duration
    let capacity: Int

    private var ends: [PasswordMark: ContinuousClock.Instant] = [:]

    init(lifetime: Duration, capacity: Int) {
        self.lifetime = lifetime
        self.capacity = capacity
    }

    var count: Int { ends.count }

    func contains(_ mark: PasswordMark, at now: ContinuousClock.Instant) -> Bool { ends[mark].map { now < $0 } ?? false }

    mutating func insert(_ mark: PasswordMark, at now: ContinuousClock.Instant) {
        ends[mark] = now + lifetime
        guard ends.count > capacity else { return }
        ends = ends.filter { now < $0.value }
        guard ends.count > capacity, let oldest = ends.min(by: { $0.value < $1.value }) else { return }
        ends[oldest.key] = nil
    }
}
