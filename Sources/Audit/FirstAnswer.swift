// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// Resumes who waits with the first of several answers.
final class FirstAnswer<Answer: Sendable>: Sendable {
    private let waiting: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ continuation: CheckedContinuation<Answer, Never>) { waiting = Mutex(continuation) }

    func give(_ answer: Answer) { waiting.withLock { $0.take() }?.resume(returning: answer) }
}
