// SPDX-License-Identifier: GPL-2.0-or-later
import Dispatch
import Foundation
public import Logging
import Synchronization

/// Where the lines of the audit go.
public final class AuditLog: Sendable {
    /// How many records are kept for who looks.
    public static let keptRecords = 1_000
    /// How many are kept beside these of what was refused to somebody unknown.
    public static let keptRefusals = 200
    /// Where systemd's journal listens.
    public static let journalPath = "/run/systemd/journal/socket"
    /// How many ends wait for the audit to be writable again.
    static let waitingEnds = 1_000

    private struct State {
        var recent = RecentRecords()
        /// Ends of what was done, which could not be written.
        var waiting: [(id: String?, line: [UInt8])] = []
        /// The lines of what has begun and not ended, the oldest first.
        var open: [(id: String?, line: [UInt8])] = []
        /// Where those lines stand.
        var place = 0
        /// How many lines were lost since it cannot be written.
        var lost = 0
        var isFailing = false
        /// How many lines were written.
        var written = 0
    }

    /// What is known of how safe the written lines are.
    private struct Safety {
        /// Up to which line that is known.
        var reached = 0
        /// Those which may be lost. What is between two that are counts as lost, too.
        var failed: ClosedRange<Int>?
        var failure: AuditError?

        func outcome(of number: Int) -> Result<Void, AuditError>? {
            guard number <= reached else { return nil }
            guard let failure, let failed, failed.contains(number) else { return .success(()) }
            return .failure(failure)
        }
    }

    private let sink: any AuditSink
    private let log: Logger
    private let state = Mutex(State())
    private let safety = Mutex(Safety())
    private let folding = Mutex(Folding())
    private let now: @Sendable () -> ContinuousClock.Instant
    /// How long the disk may take to say that a line is safe, in seconds.
    private let patience: Double
    private let queue = DispatchQueue(label: "audit")

    /// To whatever takes lines.
    /// - Parameters:
    ///   - patience: how long `commit` waits for the disk, in seconds.
    ///   - now: another clock, in tests.
    package init(
        sink: any AuditSink, log: Logger = Logger(label: "handlervirt"), patience: Double = 10,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.sink = sink
        self.log = log
        self.patience = patience
        self.now = now
    }

    /// To the process's standard error.
    public convenience init() { self.init(sink: StandardErrorSink()) }

    /// To systemd's journal.
    /// - Parameter path: of its socket.
    public convenience init(journal path: String, log: Logger) { self.init(sink: Journal(path: path), log: log) }

    /// To a file, of which this is the only server. What a server before left unfinished there is mended. Throws where that cannot be.
    public convenience init(file path: String, log: Logger) throws(AuditError) {
        let file = try AuditFile(path: path)
        let tail = try AuditTail(mending: file.file, path: path)
        self.init(sink: file, log: log)
        if tail.torn > 0 { log.warning("the audit ended with an unfinished line, which was cut off", metadata: ["bytes": "\(tail.torn)"]) }
        warn()
        state.withLock { state in for record in tail.records { state.recent.add(record) } }
        let open = tail.open
        if !open.isEmpty { log.warning("commands had not ended when the server before did", metadata: ["commands": "\(open.count)"]) }
        for record in open { note(record.ending(.unknown, reason: "the server ended before it was known")) }
    }

    /// To a file that a server may be writing at the same time.
    public convenience init(appendingTo path: String) throws(AuditError) { self.init(sink: try AppendingFile(path: path)) }

    /// The last records, the newest first.
    public var recent: [AuditRecord] { state.withLock { $0.recent }.all }

    /// Writes a line, whole or not at all. Throws where it cannot: then what it tells of may not be done.
    public func write(_ record: AuditRecord) throws(AuditError) {
        let number = try append(record)
        if record.isDurable { try settle(record, sync(upTo: number)) }
    }

    /// The same without holding up the thread while the disk is waited for. A disk that does not answer in time counts as one that cannot be written.
    public func commit(_ record: AuditRecord) async throws(AuditError) {
        let number = try append(record)
        guard record.isDurable else { return }
        let result: Result<Void, AuditError> = await withCheckedContinuation { continuation in
            let answer = FirstAnswer(continuation)
            queue.async { answer.give(self.sync(upTo: number)) }
            DispatchQueue.global().asyncAfter(deadline: .now() + patience) { [patience] in
                answer.give(.failure(AuditError("The disk did not answer in \(patience.formatted()) s.")))
            }
        }
        try settle(record, result)
    }

    /// Writes a line of something that is over or refused already, and so is not kept from happening where it cannot be written. Of what strangers
    /// are refused in great number only how much it was.
    public func note(_ record: AuditRecord) {
        guard record.isOfStranger else { return put(record) }
        let now = now()
        let (counts, kind) = folding.withLock { ($0.take(at: now), $0.add(record, at: now)) }
        for count in counts { put(count) }
        if kind.isLine { put(record) }
        guard kind.isFirst else { return }
        queue.asyncAfter(deadline: .now() + .seconds(Int(Folding.period.components.seconds))) { [weak self] in self?.tellCounts() }
    }

    /// Writes what was only counted yet, before the server ends.
    public func finish() { for count in folding.withLock({ $0.take(at: nil) }) { put(count) } }

    private func tellCounts() {
        let now = now()
        for count in folding.withLock({ $0.take(at: now) }) { put(count) }
    }

    private func put(_ record: AuditRecord) {
        do throws(AuditError) { try write(record) } catch {}
    }

    /// Begins anew where it writes to, as after a rotation.
    public func reopen() {
        do throws(AuditError) {
            try state.withLock { state throws(AuditError) in
                try sink.reopen()
                carry(&state)
            }
            log.info("the audit was opened anew")
            warn()
        } catch {
            log.error("the audit could not be opened anew and goes on as before: \(error)")
        }
    }

    private func warn() {
        if let warning = sink.warning { log.warning("\(warning)") }
    }

    /// - Returns: the number of the line.
    private func append(_ record: AuditRecord) throws(AuditError) -> Int {
        let line = record.line
        let (result, wasFailing, lost): (Result<Int, AuditError>, Bool, Int) = state.withLock { state in
            let wasFailing = state.isFailing
            do throws(AuditError) {
                while let first = state.waiting.first {
                    try sink.write(first.line)
                    state.waiting.removeFirst()
                    state.written += 1
                    state.open.removeAll { $0.id == first.id }
                }
                try sink.write(line)
            } catch {
                state.isFailing = true
                if record.event == .end, state.waiting.count < Self.waitingEnds {
                    state.waiting.append((record.id, line))
                    state.recent.add(record)
                } else {
                    state.lost += 1
                }
                return (.failure(error), wasFailing, 0)
            }
            state.recent.add(record)
            state.written += 1
            state.isFailing = false
            if record.event == .end { state.open.removeAll { $0.id == record.id } }
            carry(&state)
            if record.isBeginning { state.open.append((record.id, line)) }
            defer { state.lost = 0 }
            return (.success(state.written), wasFailing, state.lost)
        }
        switch result {
        case .failure(let error) where !wasFailing: log.error("the audit cannot be written, so nothing is changed: \(error)")
        case .success where wasFailing: log.notice("the audit can be written again", metadata: ["lost": "\(lost)"])
        default: break
        }
        return try result.get()
    }

    /// Writes what has not ended once more where the sink begins anew, so that who mends that file after a kill finds it.
    private func carry(_ state: inout State) {
        let place = sink.place
        guard state.place != place else { return }
        for open in state.open {
            // Where it cannot be it is tried again with the next line.
            do throws(AuditError) { try sink.write(open.line) } catch { return }
            state.written += 1
        }
        state.place = place
    }

    /// Waits until that line is safe; those who wait at the same time share the waiting.
    private func sync(upTo number: Int) -> Result<Void, AuditError> {
        safety.withLock { safety in
            if let outcome = safety.outcome(of: number) { return outcome }
            let reached = state.withLock { $0.written }
            do throws(AuditError) {
                try sink.sync()
            } catch {
                // The system says it once, of all that was written until now.
                safety.failed = (safety.failed?.lowerBound ?? safety.reached + 1)...reached
                safety.failure = error
            }
            safety.reached = reached
            return safety.outcome(of: number) ?? .success(())
        }
    }

    /// What begins may not, if its line is not safe; then it has its end in the audit.
    private func settle(_ record: AuditRecord, _ result: Result<Void, AuditError>) throws(AuditError) {
        guard case .failure(let error) = result else { return }
        log.error("the audit is not safe: \(error)")
        guard record.isBeginning else { throw error }
        _ = try? append(record.ending(.failed, reason: "its line was not safe on the disk, so nothing was done"))
        throw error
    }
}
