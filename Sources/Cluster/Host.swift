// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory
public import Libvirt
public import Logging
import Synchronization

/// One libvirt host: its connection, its threads, and what is known of it.
///
/// Reading has threads apart from acting, so that slow actions never keep a page waiting, and what waits for a guest's agent has
/// threads apart from both: a guest may never answer.
public final class Host: Sendable {
    /// What a list shows of a host.
    public struct Status: Sendable {
        /// The last reading; nil if there has been none.
        public let snapshot: HostSnapshot?
        /// Why there is no newer one; nil if it is fresh.
        public let failure: (any Error)?
    }

    /// How long each kind of call may take.
    public struct Deadlines: Sendable {
        public var reading: Duration
        public var acting: Duration
        /// How long a list waits for one host before it shows what is known from before.
        public var patience: Duration

        public init(reading: Duration = .seconds(10), acting: Duration = .seconds(30), patience: Duration = .seconds(1)) {
            self.reading = reading
            self.acting = acting
            self.patience = patience
        }
    }

    /// What it is called here: a segment of its URL.
    public let name: String
    public let uri: String
    public let isReadOnly: Bool
    public let deadlines: Deadlines
    private let reading = BlockingPool(threads: 4)
    private let acting = BlockingPool(threads: 4)
    private let waiting = BlockingPool(threads: 4)
    private let link: HostLink
    private let known = Mutex<Known>(Known())

    private struct Known {
        var snapshot: HostSnapshot?
        var reading: Task<HostSnapshot, any Error>?
        var since: ContinuousClock.Instant?
        /// A look-up stayed without an answer, and no call has come back since.
        var isStalled = false
    }

    public init(name: String, uri: String, isReadOnly: Bool, deadlines: Deadlines = Deadlines(), log: Logger) {
        self.name = name
        self.uri = uri
        self.isReadOnly = isReadOnly
        self.deadlines = deadlines
        link = HostLink(uri: uri, isReadOnly: isReadOnly, log: log)
    }

    /// Runs a call that reads, on a thread for reading.
    public func read<Result: Sendable>(
        within deadline: Duration? = nil, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await reading.run(within: deadline ?? deadlines.reading) { [self] in
            defer { known.withLock { $0.isStalled = false } }
            return try link.use(body)
        }
    }

    /// Runs a short call that a page cannot do without, and waits for it no longer than the patience; not at all while the
    /// host has yet to answer an earlier one.
    public func lookUp<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        guard !known.withLock({ $0.isStalled }) else {
            startReading()
            throw CallError.unanswered
        }
        do {
            return try await read(within: deadlines.patience, body)
        } catch let error as CallError {
            known.withLock { $0.isStalled = true }
            throw error
        }
    }

    /// What the host held when it last answered a list.
    public var lastSnapshot: HostSnapshot? { known.withLock { $0.snapshot } }

    /// Runs a call that changes something, on a thread for acting.
    public func act<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await acting.run(within: deadlines.acting) { [link] in try link.use(body) }
    }

    /// Runs a call that waits for the agent in a guest, within the deadline for reading.
    public func wait<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await waiting.run(within: deadlines.reading) { [link] in try link.use(body) }
    }

    /// The open connection, for a call on another host that needs this one too. Blocks while it is opened.
    public func connected() throws -> Connection { try link.use { $0 } }

    /// What the host holds now, or what it held when it last answered. All who ask at the same time share one reading, and nobody
    /// waits for one that has been under way for longer than the patience.
    public func status() async -> Status {
        let (task, since) = startReading()
        do {
            return Status(snapshot: try await task.value(within: deadlines.patience - (.now - since)), failure: nil)
        } catch {
            return Status(snapshot: lastSnapshot, failure: error)
        }
    }

    @discardableResult
    private func startReading() -> (task: Task<HostSnapshot, any Error>, since: ContinuousClock.Instant) {
        known.withLock { known in
            if let task = known.reading, let since = known.since { return (task, since) }
            let task = Task { try await self.refresh() }
            let now = ContinuousClock.now
            known.reading = task
            known.since = now
            return (task, now)
        }
    }

    private func refresh() async throws -> HostSnapshot {
        defer {
            known.withLock { known in
                known.reading = nil
                known.since = nil
            }
        }
        let snapshot = try await read { try HostSnapshot(reading: $0) }
        known.withLock { $0.snapshot = snapshot }
        return snapshot
    }

    /// Lets go of the threads and of the connection.
    public func shutdown() {
        reading.shutdown()
        acting.shutdown()
        waiting.shutdown()
        link.drop()
    }
}
