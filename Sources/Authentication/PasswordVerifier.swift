// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Crypto
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Compares passwords with hashes on a few threads of its own. Equal questions at once are computed once, and a success is
/// remembered for where it came from.
final class PasswordVerifier: Sendable {
    struct Limits {
        /// Not all processors, as somebody has to serve pages meanwhile.
        var threads = max(1, min(4, System.coreCount / 2))
        /// Different questions that wait for a thread, at most.
        var waiting = 64
        /// How long a success is remembered.
        var lifetime = Duration.seconds(60)
        /// Successes that are remembered, at most.
        var remembered = 4096
    }

    private struct State {
        var accepted: AcceptedPasswords
        var running: [PasswordMark: Task<Verification, Never>] = [:]
        var counts = VerificationCounts()
    }

    private let key = SymmetricKey(size: .bits256)
    private let pool: NIOThreadPool
    private let most: Int
    private let log: Logger
    /// Called on the thread that computes, before it does.
    private let willCompute: @Sendable () -> Void
    private let state: Mutex<State>

    init(limits: Limits = Limits(), log: Logger, willCompute: @escaping @Sendable () -> Void = {}) {
        pool = NIOThreadPool(numberOfThreads: limits.threads)
        pool.start()
        most = limits.threads + limits.waiting
        self.log = log
        self.willCompute = willCompute
        state = Mutex(State(accepted: AcceptedPasswords(lifetime: limits.lifetime, capacity: limits.remembered)))
    }

    deinit { pool.shutdownGracefully { _ in } }

    var counts: VerificationCounts { state.withLock(\.counts) }

    /// Questions that are being computed or wait for it.
    var running: Int { state.withLock(\.running.count) }

    /// Whether `password` is that of the user `name`.
    /// - Parameters:
    ///   - hash: nil: there is no such user.
    ///   - decoy: is computed and not believed if there is no such user, so that it takes as long as a wrong password.
    ///   - address: where it comes from.
    ///   - attempt: is asked before anything is computed; what is remembered needs none.
    ///   - remembers: whether what succeeded from there before will do.
    func verify(
        _ password: [UInt8], of name: String, hash: PasswordHash?, decoy: PasswordHash?, from address: IPAddress? = nil, attempt: Attempt? = nil,
        remembers: Bool = true
    ) async -> Verification {
        guard let computed = hash ?? decoy else { return .refused }
        let mark = PasswordMark(name: name, hash: hash, password: password, from: address, key: key)
        let task: Task<Verification, Never>? = state.withLock { state in
            if remembers, state.accepted.contains(mark, at: .now) {
                state.counts.remembered += 1
                return nil
            }
            if let task = state.running[mark] {
                state.counts.shared += 1
                return task
            }
            guard state.running.count < most else {
                state.counts.turnedAway += 1
                return Task { .overloaded }
            }
            if let seconds = attempt?.begin() { return Task { .throttled(seconds) } }
            let task = Task {
                let result = await self.compute(computed, password, mark, isDecoy: hash == nil)
                attempt?.end(result)
                return result
            }
            state.running[mark] = task
            return task
        }
        return await task?.value ?? .accepted
    }

    private func compute(_ hash: PasswordHash, _ password: [UInt8], _ mark: PasswordMark, isDecoy: Bool) async -> Verification {
        var result = Verification.overloaded
        do {
            let matches = try await pool.runIfActive {
                self.willCompute()
                return try hash.matches(password)
            }
            result = matches && !isDecoy ? .accepted : .refused
        } catch {
            log.error("a password could not be verified", metadata: ["error": "\(error)"])
        }
        state.withLock { state in
            state.running[mark] = nil
            state.counts.computed += 1
            if result == .accepted { state.accepted.insert(mark, at: .now) }
        }
        return result
    }
}
