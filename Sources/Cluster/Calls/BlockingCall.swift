// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// One call that blocks a thread, and whoever waits for it: the result or the deadline, whichever comes first, resumes the caller.
final class BlockingCall<Result: Sendable>: Sendable {
    private enum State {
        case new
        case running(CheckedContinuation<Result, any Error>)
        case done
    }

    private let state = Mutex(State.new)

    private init() {}

    /// Runs `body` on a thread of its own and gives its result; or throws `CallError.unanswered` at the deadline or when the task is
    /// cancelled, after `cut` was called, which is to end the body. A task that is cancelled already begins nothing: `CallError.notStarted`.
    static func run(
        until deadline: ContinuousClock.Instant, cut: @escaping @Sendable () -> Void, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let call = BlockingCall()
        let timer = Task {
            try await Task.sleep(until: deadline)
            call.abandon(cut)
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard call.begin(continuation) else { return continuation.resume(throwing: CallError.notStarted) }
                CallThreads.shared.submit { call.finish(with: Swift.Result { try body() }) }
            }
        } onCancel: {
            call.abandon(cut)
        }
    }

    private func begin(_ continuation: CheckedContinuation<Result, any Error>) -> Bool {
        state.withLock { state in
            guard case .new = state else { return false }
            state = .running(continuation)
            return true
        }
    }

    private func finish(with result: Swift.Result<Result, any Error>) { end()?.resume(with: result) }

    private func abandon(_ cut: () -> Void) {
        guard let continuation = end() else { return }
        cut()
        continuation.resume(throwing: CallError.unanswered)
    }

    /// The continuation, for the first who asks.
    private func end() -> CheckedContinuation<Result, any Error>? {
        state.withLock { state in
            defer { state = .done }
            guard case .running(let continuation) = state else { return nil }
            return continuation
        }
    }
}
