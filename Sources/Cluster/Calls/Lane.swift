// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Synchronization

/// One connection to a host, for one call at a time: opened by the first, kept for the next, cut where one does not come back.
final class Lane: Sendable {
    private struct State {
        var connection: Connection?
        var line: RelayLine?
        var turn = Turn()
    }

    /// However long the call itself may take, connecting takes no longer.
    private static let connectDeadline: Duration = .seconds(10)

    private let opener: Opener
    private let state = Mutex(State())

    init(_ opener: Opener) { self.opener = opener }

    /// Whether there is nothing to keep.
    var isOpen: Bool { state.withLock { $0.connection != nil && $0.line?.isOpen != false } }

    /// Whoever uses the present connection beside `run` takes it first.
    var turn: Turn { state.withLock { $0.turn } }

    /// Calls `body`, once, when the connection ends; never for a driver in this process.
    func onEnd(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.line }?.onEnd(body) }

    /// Runs a call, after connecting where needed.
    ///
    /// Throws what the call throws; `ConnectError`, or `CallError.notStarted` at the deadline, where it did not come to the call;
    /// `CallError.unanswered` at the deadline, when the connection is cut; `CallError.broken` where it broke meanwhile.
    func run<Result: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        if !isOpen {
            discard()
            try await connect(until: min(deadline, .now + Self.connectDeadline))
        }
        let (connection, line, turn) = state.withLock { ($0.connection, $0.line, $0.turn) }
        guard let connection else { throw CallError.notStarted }
        do {
            return try await BlockingCall.run(until: deadline, cut: { line?.cut() }) { try turn.take { try body(connection) } }
        } catch let error as CallError {
            discard()
            throw error
        } catch {
            guard let line, !line.isOpen, let failure = (error as? any LibvirtFailure)?.libvirtError, !failure.isNotFound else { throw error }
            discard()
            throw CallError.broken(failure)
        }
    }

    private func connect(until deadline: ContinuousClock.Instant) async throws {
        let line = try await opener.line(until: deadline)
        do {
            let connection = try await BlockingCall.run(until: deadline, cut: { line?.cut() }) { [opener] in try opener.connect(by: line) }
            state.withLock { ($0.connection, $0.line) = (connection, line) }
        } catch {
            line?.cut()
            // Whether it hung while connecting or before: the call itself was never sent.
            throw error is CallError ? CallError.notStarted : error
        }
    }

    /// Ends the connection. libvirt's own close would wait for the host, so the line is cut first.
    func discard() {
        let (connection, line) = state.withLock { state in
            defer { state = State() }
            return (state.connection, state.line)
        }
        line?.cut()
        if let connection { CallThreads.shared.release(connection) }
    }
}
