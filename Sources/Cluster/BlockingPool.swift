// SPDX-License-Identifier: GPL-2.0-or-later
import NIOPosix
import Synchronization

/// The only door from async code to calls that block a thread: a few threads of its own, so that a host that hangs
/// stalls nobody else.
public final class BlockingPool: Sendable {
    private let threads: NIOThreadPool

    public init(threads count: Int) {
        threads = NIOThreadPool(numberOfThreads: count)
        threads.start()
    }

    /// Runs `body` on one of the threads and gives its result, or ends with a `CallError` at the deadline or when the
    /// task is cancelled. A body that has begun cannot be stopped: its thread comes back when it returns.
    /// One that has not begun by then never begins.
    public func run<Result: Sendable>(
        within deadline: Duration, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let call = PendingCall<Result>()
        let timer = Task {
            try await Task.sleep(for: deadline)
            call.abandon()
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard call.wait(with: continuation) else { return }
                threads.submit { state in
                    guard case .active = state, call.begin() else { return call.abandon() }
                    call.finish(with: Swift.Result { try body() })
                }
            }
        } onCancel: {
            call.abandon()
        }
    }

    /// Lets the threads end once they are idle. A thread that hangs in C is left behind.
    public func shutdown() { threads.shutdownGracefully { _ in } }
}

/// One call's way from waiting over running to done; whoever comes first, the result or the deadline, resumes the caller.
private final class PendingCall<Result: Sendable>: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<Result, any Error>)
        case running(CheckedContinuation<Result, any Error>)
        case done
    }

    private let state = Mutex(State.new)

    /// False if the call was given up before it could wait; the continuation has been resumed then.
    func wait(with continuation: CheckedContinuation<Result, any Error>) -> Bool {
        let isNew = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !isNew { continuation.resume(throwing: CallError.notStarted) }
        return isNew
    }

    /// False if nobody waits any more.
    func begin() -> Bool {
        state.withLock { state in
            guard case .waiting(let continuation) = state else { return false }
            state = .running(continuation)
            return true
        }
    }

    func finish(with result: Swift.Result<Result, any Error>) {
        let continuation: CheckedContinuation<Result, any Error>? = state.withLock { state in
            guard case .running(let continuation) = state else { return nil }
            state = .done
            return continuation
        }
        continuation?.resume(with: result)
    }

    func abandon() {
        let (continuation, error): (CheckedContinuation<Result, any Error>?, CallError) = state.withLock { state in
            defer { state = .done }
            switch state {
            case .waiting(let continuation): return (continuation, .notStarted)
            case .running(let continuation): return (continuation, .unanswered)
            case .new, .done: return (nil, .notStarted)
            }
        }
        continuation?.resume(throwing: error)
    }
}
