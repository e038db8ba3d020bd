// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Synchronization

/// A few lanes for calls of one kind, so that those of another kind never wait for them.
final class LanePool: Sendable {
    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<Lane?, Never>
    }

    private struct State {
        /// The last used is the first to be used again, so that what is not needed grows old.
        var idle: [(lane: Lane, since: ContinuousClock.Instant)] = []
        var count = 0
        var waiters: [Waiter] = []
        var next = 0
        var isShutDown = false
    }

    private let opener: Opener
    private let limit: Int
    private let outcomes: CallOutcomes
    private let state = Mutex(State())

    /// - Parameter limit: how many calls may be under way at once.
    init(_ opener: Opener, limit: Int, outcomes: CallOutcomes) {
        self.opener = opener
        self.limit = limit
        self.outcomes = outcomes
    }

    /// Runs a call on a free lane. Throws what `Lane.run` does, and `CallError.notStarted` where none got free in time.
    func run<Result: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        guard let lane = await acquire(until: deadline) else {
            outcomes.count(.failure(CallError.notStarted))
            throw CallError.notStarted
        }
        defer { release(lane) }
        do {
            let result = try await lane.run(until: deadline, body)
            outcomes.count(.success(()))
            return result
        } catch {
            outcomes.count(.failure(error))
            throw error
        }
    }

    private func acquire(until deadline: ContinuousClock.Instant) async -> Lane? {
        enum Found { case lane(Lane), wait(Int), nothing }
        let found: Found = state.withLock { state in
            guard !state.isShutDown else { return .nothing }
            if let idle = state.idle.popLast() { return .lane(idle.lane) }
            if state.count < limit {
                state.count += 1
                return .lane(Lane(opener))
            }
            state.next += 1
            return .wait(state.next)
        }
        switch found {
        case .nothing: return nil
        case .lane(let lane): return lane
        case .wait(let id): return await wait(id, until: deadline)
        }
    }

    private func wait(_ id: Int, until deadline: ContinuousClock.Instant) async -> Lane? {
        let timer = Task {
            try await Task.sleep(until: deadline)
            giveUp(id)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let lane: Lane?? = state.withLock { state in
                    if state.isShutDown || Task.isCancelled { return .some(nil) }
                    if let idle = state.idle.popLast() { return idle.lane }
                    state.waiters.append(Waiter(id: id, continuation: continuation))
                    return nil
                }
                if let lane { continuation.resume(returning: lane) }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    private func giveUp(_ id: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: nil)
    }

    private func release(_ lane: Lane) {
        let (waiter, isUnwanted): (Waiter?, Bool) = state.withLock { state in
            if state.isShutDown { return (nil, true) }
            guard state.waiters.isEmpty else { return (state.waiters.removeFirst(), false) }
            guard lane.isOpen else {
                state.count -= 1
                return (nil, true)
            }
            state.idle.append((lane, .now))
            return (nil, false)
        }
        waiter?.continuation.resume(returning: lane)
        if isUnwanted { lane.discard() }
    }

    /// Closes the connections that nobody has used since.
    func close(unusedSince instant: ContinuousClock.Instant) {
        let old = state.withLock { state in
            let old = state.idle.filter { $0.since <= instant }
            state.idle.removeAll { $0.since <= instant }
            state.count -= old.count
            return old
        }
        for item in old { item.lane.discard() }
    }

    func shutdown() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            state.isShutDown = true
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
        close(unusedSince: .now)
    }
}
