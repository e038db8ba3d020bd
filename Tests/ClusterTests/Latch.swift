// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Synchronization

/// What a call that hangs waits for: it says that it has begun and returns once it is opened.
final class Latch: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let begun = AsyncStream.makeStream(of: Void.self)

    /// Blocks the calling thread until somebody opens; a test that never does ends all the same.
    func hang() {
        begun.continuation.yield()
        _ = semaphore.wait(timeout: .now() + 120)
    }

    /// Waits until that many calls hang here.
    func haveBegun(_ count: Int) async {
        var iterator = begun.stream.makeAsyncIterator()
        for _ in 0..<count { await iterator.next() }
    }

    func open(_ count: Int = 1) {
        for _ in 0..<count { semaphore.signal() }
    }
}

/// Set by one thread, read by another.
final class Flag: Sendable {
    private let state = Mutex(false)

    func set() { state.withLock { $0 = true } }
    var isSet: Bool { state.withLock { $0 } }
}
