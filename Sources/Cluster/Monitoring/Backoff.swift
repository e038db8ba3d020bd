// SPDX-License-Identifier: GPL-2.0-or-later

/// How long to wait before a host is tried again.
///
/// A host shall be back within two seconds of answering, so the longest wait is shorter than that. It costs little: an attempt is a
/// connection of a socket, for which no thread waits. To a host that takes connections and says nothing, one attempt stays open
/// (`HostMonitor.openingDeadline`), which is answered the moment that the host wakes.
struct Backoff {
    private static let steps: [Duration] = [.milliseconds(100), .milliseconds(250), .milliseconds(500), .milliseconds(1_000)]

    private var step = 0

    /// The next wait: longer than the last, and not the same for all hosts, so that a hundred that return at once are not asked at once.
    mutating func next() -> Duration {
        defer { step = min(step + 1, Self.steps.count - 1) }
        return Self.steps[step] * Double.random(in: 0.75...1.25)
    }

    mutating func reset() { step = 0 }
}
