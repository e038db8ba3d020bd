// SPDX-License-Identifier: GPL-2.0-or-later

/// How often something was tried in vain, by whom or for what: after some failures each further try has to wait, each longer than the last.
struct Backoff<Key: Hashable & Sendable>: Sendable {
    typealias Instant = ContinuousClock.Instant

    struct Policy: Sendable {
        /// Failures after which one has to wait for the first time.
        var free = 5
        /// Tries that may be under way at once beside these, as long as nobody has to wait.
        var slack = 0
        /// Doubled with each further failure.
        var shortest = Duration.seconds(1)
        var longest: Duration
        /// A failure is forgotten after this time without another.
        var memory = Duration.seconds(15 * 60)
        /// Keys that are remembered, at most. The oldest goes.
        var capacity = 10_000
    }

    private struct Entry {
        var failures = 0
        /// Tries that are under way.
        var pending = 0
        var last: Instant
    }

    let policy: Policy
    private var entries: [Key: Entry] = [:]

    init(_ policy: Policy) { self.policy = policy }

    var count: Int { entries.count }

    /// How long the next try has to wait; nil: not at all. Tries under way count like failures, so that no more of them are made by making them at once.
    func wait(_ key: Key, at now: Instant) -> Duration? {
        guard let entry = entries[key] else { return nil }
        let failures = entry.last + policy.memory <= now ? 0 : entry.failures
        if failures >= policy.free {
            let rest = now.duration(to: entry.last + pause(after: failures))
            if rest > .zero { return rest }
        }
        let isAmongFree = failures < policy.free && failures + entry.pending < policy.free + policy.slack
        return entry.pending == 0 || isAmongFree ? nil : policy.shortest
    }

    private func pause(after failures: Int) -> Duration {
        var pause = policy.shortest
        for _ in policy.free..<failures where pause < policy.longest { pause *= 2 }
        return min(pause, policy.longest)
    }

    /// A try begins.
    mutating func begin(_ key: Key, at now: Instant) {
        forget(key, at: now)
        entries[key, default: Entry(last: now)].pending += 1
        makeRoom(at: now, for: key)
    }

    /// A try that had begun is over.
    /// - Parameters:
    ///   - failed: nil: nobody knows.
    ///   - success: what it makes of the failures so far.
    mutating func end(_ key: Key, failed: Bool?, at now: Instant, success: (inout Int) -> Void) {
        guard var entry = entries[key] else { return }
        entry.pending = max(0, entry.pending - 1)
        switch failed {
        case true?:
            entry.failures = (entry.last + policy.memory <= now ? 0 : entry.failures) + 1
            entry.last = now
        case false?: success(&entry.failures)
        case nil: break
        }
        entries[key] = entry.failures == 0 && entry.pending == 0 ? nil : entry
    }

    /// One failure, without a try that had begun.
    mutating func fail(_ key: Key, at now: Instant) {
        begin(key, at: now)
        end(key, failed: true, at: now) { _ in }
    }

    private mutating func forget(_ key: Key, at now: Instant) {
        guard let entry = entries[key], entry.last + policy.memory <= now else { return }
        entries[key] = entry.pending == 0 ? nil : Entry(pending: entry.pending, last: entry.last)
    }

    /// Entries are many only under attack, so that all of them are looked at once for each tenth of them that is new.
    private mutating func makeRoom(at now: Instant, for key: Key) {
        guard entries.count > policy.capacity else { return }
        entries = entries.filter { $0.key == key || $0.value.pending > 0 || now < $0.value.last + policy.memory }
        let excess = entries.count - policy.capacity
        guard excess > 0 else { return }
        let old = entries.filter { $0.key != key && $0.value.pending == 0 }.sorted { $0.value.last < $1.value.last }
        for item in old.prefix(excess + policy.capacity / 10) { entries[item.key] = nil }
    }
}
