// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses
public import Inventory
public import Libvirt
import Logging
import Synchronization

/// One libvirt host: its connections, and what is known of it.
///
/// Reading, acting and waiting for a guest's agent have connections of their own, and each call has its connection to itself: a call that
/// hangs is cut at its deadline, and holds up no other. What is known of the host is kept by `run()`, and never waited for.
public final class Host: Sendable {
    /// How long each kind of call may take.
    public struct Deadlines: Sendable {
        public var reading: Duration
        public var acting: Duration
        /// For what takes long by nature, such as a migration or a dump, as long as the host answers otherwise.
        public var lasting: Duration
        /// How long a page waits for what it could also be shown without.
        public var patience: Duration

        public init(
            reading: Duration = .seconds(10), acting: Duration = .seconds(30), lasting: Duration = .seconds(3_600), patience: Duration = .seconds(2)
        ) {
            self.reading = reading
            self.acting = acting
            self.lasting = lasting
            self.patience = patience
        }
    }

    /// How many calls of one kind may be under way at once.
    private static let lanes = 4
    /// How long an unused connection is kept.
    static let idleTime: Duration = .seconds(30)

    public let configuration: HostConfiguration
    public let isReadOnly: Bool
    public let deadlines: Deadlines
    let address: Result<HostAddress, ConnectError>
    let mailbox = Mailbox()
    let log: Logger
    private let opener: Opener?
    private let reading: LanePool?
    private let acting: LanePool?
    private let waiting: LanePool?
    /// What keeps the inventory has a lane of its own.
    private let inventory: LanePool?
    /// Statistics too, as a QEMU that does not answer holds them up.
    private let usage: LanePool?
    private let current: Mutex<HostState>
    private let lookedAt = Mutex<ContinuousClock.Instant?>(nil)
    private let changes: ChangeCounter
    let doubts = Mutex(Doubts())

    init(_ configuration: HostConfiguration, isReadOnly: Bool, deadlines: Deadlines, relay: Relay, changes: ChangeCounter, log: Logger) {
        let name = configuration.name
        self.configuration = configuration
        self.isReadOnly = isReadOnly
        self.deadlines = deadlines
        self.changes = changes
        self.log = log
        address = Result { () throws(ConnectError) in try HostAddress(configuration.uri, tls: configuration.tls) }
        let opener = (try? address.get()).map { Opener($0, isReadOnly: isReadOnly, relay: relay) }
        self.opener = opener
        func pool(_ kind: String, _ limit: Int = Host.lanes) -> LanePool? {
            opener.map { LanePool($0, limit: limit, outcomes: CallOutcomes(host: name, kind: kind)) }
        }
        reading = pool("reading")
        acting = pool("acting")
        waiting = pool("waiting")
        inventory = pool("inventory", 1)
        usage = pool("usage", 1)
        current = Mutex(HostState(configuration))
    }

    public var name: String { configuration.name }

    /// The address, in numbers, at which it was reached last; nil where that is no network's.
    var remoteAddress: String? { opener?.remoteAddress }

    /// What is known of it now.
    public var state: HostState { current.withLock { $0 } }

    /// Runs a call that reads.
    public func read<Result: Sendable>(
        within deadline: Duration? = nil, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await pool(reading).run(until: .now + (deadline ?? deadlines.reading), body)
    }

    /// Runs a call that changes something.
    /// - Parameter isLasting: whether it takes long by nature. Then it ends when the host has not answered anything else for the deadline of
    ///   a call that acts.
    public func act<Result: Sendable>(
        isLasting: Bool = false, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        guard isLasting else { return try await pool(acting).run(until: .now + deadlines.acting, body) }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { [self] in try await pool(acting).run(until: .now + deadlines.lasting, body) }
            group.addTask { [self] in
                let begin = ContinuousClock.now
                while min(state.age ?? .zero, .now - begin) < deadlines.acting { try await Task.sleep(for: .milliseconds(100)) }
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw CallError.unanswered }
            return result
        }
    }

    /// Runs a call that keeps what is known of the host true; one at a time.
    func takeStock<Result: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await pool(inventory).run(until: deadline, body)
    }

    /// Runs a call that asks what the domains use; one at a time.
    func measure<Result: Sendable>(
        until deadline: ContinuousClock.Instant, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        try await pool(usage).run(until: deadline, body)
    }

    /// Runs a call that waits for the agent in a guest, which may never answer.
    public func wait<Result: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Result) async throws -> Result {
        try await pool(waiting).run(until: .now + deadlines.reading, body)
    }

    private func pool(_ pool: LanePool?) throws -> LanePool {
        if let pool { return pool }
        _ = try address.get()
        throw CallError.notStarted
    }

    /// A connection of its own, for a call on another host that needs this one too. Throws what connecting does.
    public func borrow() async throws -> BorrowedConnection {
        let lane = try lane()
        return BorrowedConnection(connection: try await lane.run(until: .now + deadlines.reading) { $0 }, lane: lane)
    }

    /// The URI by which other hosts reach it.
    public var migrationURI: String { configuration.migrationURI ?? configuration.uri }

    /// Notes a domain that was just made and could not be read since, so that who made it finds it.
    public func remember(_ uuid: UUID, name: String) {
        publish { state in
            guard let snapshot = state.snapshot, snapshot.domain(uuid) == nil else { return }
            let record = DomainRecord(uuid: uuid, name: name)
            state.noted[uuid] = record
            state.snapshot = snapshot.adding(record)
        }
    }

    /// The domains that were noted since this was asked last. A reading that begins from now on finds them, or that they are gone.
    func takeNoted() -> [DomainRecord] {
        current.withLock { state in
            var facts = state.facts
            let noted = Array(facts.noted.values)
            guard !noted.isEmpty else { return [] }
            facts.noted = [:]
            state = HostState(configuration, facts)
            return noted
        }
    }

    /// Publishes what was read. A domain that was noted meanwhile stays: the reading may have begun before it was made.
    func publish(_ snapshot: HostSnapshot) {
        let identity = (try? address.get()).flatMap { HostIdentity(snapshot.host, mode: $0.path) }
        publish { state in
            state.snapshot = state.noted.values.reduce(snapshot) { $0.domain($1.uuid) == nil ? $0.adding($1) : $0 }
            state.identity = identity
            state.failure = nil
            state.lastAnswer = .now
        }
    }

    /// Says that something may have changed, and waits for nothing.
    public func note(_ changes: InventoryChanges) { mailbox.post(changes) }

    /// Says that a command may still take effect on a domain, so that it is read again and again for a while.
    public func doubt(_ uuid: UUID) {
        doubts.withLock { $0.insert(uuid) }
        mailbox.ring()
    }

    /// Has something read anew, and waits for that no longer than the patience. False if it was not read: the host does not answer, or not in time.
    @discardableResult
    public func refresh(_ changes: InventoryChanges) async -> Bool {
        let waiter = Mailbox.Waiter()
        let timer = Task { [patience = deadlines.patience] in
            try await Task.sleep(for: patience)
            waiter.resume(false)
        }
        defer { timer.cancel() }
        mailbox.post(changes, waiter)
        return await waiter.value
    }

    /// Says that somebody looks at what the domains use, so that it is asked for, for a while.
    public func lookAtUsage() {
        let wasAsleep = lookedAt.withLock { looked in
            defer { looked = .now }
            return looked.map { .now - $0 > HostMonitor.attention } ?? true
        }
        if wasAsleep { mailbox.ring() }
    }

    var isUsageWanted: Bool { lookedAt.withLock { $0.map { .now - $0 <= HostMonitor.attention } ?? false } }

    /// Publishes what is known. Only what makes a difference to who reads it counts as a change, as each one costs the next reader a new snapshot of all
    /// hosts, and a host that is gone says so every second.
    func publish(_ change: (inout HostState.Facts) -> Void) {
        let isNews = current.withLock { state in
            let before = state.facts
            var facts = before
            change(&facts)
            state = HostState(configuration, facts)
            return !facts.isSame(as: before)
        }
        if isNews { changes.increment() }
    }

    /// A lane of its own.
    func lane() throws -> Lane {
        _ = try address.get()
        guard let opener else { throw CallError.notStarted }
        return Lane(opener)
    }

    func closeUnusedConnections(_ time: Duration = Host.idleTime) {
        for pool in [reading, acting, waiting, usage] { pool?.close(unusedSince: .now - time) }
    }

    /// Lets go of all connections; calls that are under way end at their deadlines.
    func shutdown() {
        for pool in [reading, acting, waiting, inventory, usage] { pool?.shutdown() }
        opener?.shutdown()
    }
}
