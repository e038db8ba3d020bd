// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Logging
import Metrics
import Synchronization

/// Keeps what is known of one host true: connects, reads all, folds in what events tell, sweeps, and tries again when the host is gone.
struct HostMonitor {
    /// How long a host may take to answer the first calls. Long, because an attempt that is under way is answered when the host wakes.
    private static let openingDeadline: Duration = .seconds(10)
    /// A host is asked for a sign of life so often, and has so long to give it.
    private static let pulse: Duration = .seconds(2)
    private static let pulseDeadline: Duration = .seconds(2)
    /// The longest that one step of reading may take: it is meant to take much less, and longer than it takes to notice that the host is silent.
    private static let stepDeadline: Duration = .seconds(5)
    private static let step: Duration = .milliseconds(500)
    private static let sweepStep: Duration = .milliseconds(50)
    /// All is read anew so often, because many changes send no event; and more often where there are none at all.
    private static let sweepInterval: Duration = .seconds(60)
    private static let eventlessInterval: Duration = .seconds(10)
    /// How often usage is asked for while somebody looks, and how long somebody counts as looking.
    private static let usage: Duration = .seconds(3)
    /// How often a domain is read on which a command may still take effect.
    private static let doubt: Duration = .seconds(1)
    static let attention: Duration = .seconds(10)
    /// After a storm of events the next ones are gathered for a moment.
    private static let breath: Duration = .milliseconds(40)
    private static let storm = 8

    private let host: Host
    private let up: Gauge
    private let log: Logger

    init(_ host: Host) {
        self.host = host
        up = Gauge(label: "handlervirt_host_up", dimensions: [("host", host.name)])
        var log = host.log
        log[metadataKey: "host"] = "\(host.name)"
        self.log = log
    }

    /// Runs until the task is cancelled.
    func run() async {
        var backoff = Backoff()
        var isReported = false
        while !Task.isCancelled {
            let failure: any Error
            let wasUp = Mutex(false)
            do {
                try await attend { wasUp.withLock { $0 = true } }
                return
            } catch {
                failure = error
            }
            guard !Task.isCancelled else { return }
            if wasUp.withLock({ $0 }) {
                backoff.reset()
                isReported = false
            }
            up.record(0)
            host.publish { $0.failure = failure }
            host.closeUnusedConnections(.zero)
            if !isReported { log.warning("host does not answer", metadata: ["error": "\(failure)"]) }
            isReported = true
            if let error = failure as? ConnectError, error.isFinal { return }
            try? await Task.sleep(for: backoff.next())
        }
    }

    /// Connects and stays with the host until it is lost, which it throws.
    private func attend(_ isUp: @escaping @Sendable () -> Void) async throws {
        let lane = try host.lane()
        let mailbox = host.mailbox
        defer {
            mailbox.close()
            lane.discard()
        }
        let (record, subscription) = try await lane.run(until: .now + Self.openingDeadline) { connection in
            (try HostRecord(connection), EventSubscription(on: connection) { mailbox.post($0) })
        }
        let turn = lane.turn
        defer {
            lane.discard()
            CallThreads.shared.submit { turn.take { subscription.cancel() } }
        }
        mailbox.open()
        lane.onEnd { mailbox.lose() }
        // The pulse is felt whatever else is going on, so that a host that hangs in the midst of a reading is noticed as soon as any.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await feelPulse(lane) }
            let (wishes, wish) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            group.addTask { try await measure(wishes) }
            group.addTask {
                try await follow(record, every: subscription.tellsOfDomains ? Self.sweepInterval : Self.eventlessInterval, isUp) { wish.yield() }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Reads all, and stays with it. Domains first: they are what is waited for.
    private func follow(
        _ record: HostRecord, every interval: Duration, _ isUp: @Sendable () -> Void, _ askForUsage: @Sendable () -> Void
    ) async throws {
        _ = host.takeNoted()
        // A domain that does not let itself be read is what it was.
        var snapshot = try await read(.kind(.domain), HostSnapshot(host: record), known: host.state.snapshot)
        publish(snapshot)
        isUp()
        log.info("connected", metadata: ["read-only": "\(host.isReadOnly)", "sweeps": "every \(interval)"])
        snapshot = try await read(.allObjects, snapshot)
        publish(snapshot)
        try await keep(snapshot, every: interval, askForUsage)
    }

    private func keep(_ start: HostSnapshot, every interval: Duration, _ askForUsage: @Sendable () -> Void) async throws {
        var snapshot = start
        var due = ContinuousClock.now + interval * Double.random(in: 0.1...1)
        var usage = ContinuousClock.now
        var doubt = ContinuousClock.now
        host.doubts.withLock { $0.renew() }
        var sweep: Sweep?
        while !Task.isCancelled {
            let isInDoubt = host.doubts.withLock { !$0.isEmpty }
            let next = sweep == nil ? min(due, host.isUsageWanted ? usage : due, isInDoubt ? doubt : due) : .now
            let mail = await host.mailbox.take(until: next)
            for record in host.takeNoted() where snapshot.domain(record.uuid) == nil {
                snapshot = snapshot.adding(record)
                sweep?.note(.domain(record.uuid))
            }
            do {
                guard !mail.isLost else {
                    // If it was we who cut the line, because there was no pulse, then that is what is told.
                    try await Task.sleep(for: .milliseconds(20))
                    throw ConnectError("The host has closed the connection.")
                }
                if !mail.changes.isEmpty {
                    snapshot = try await read(mail.changes, snapshot)
                    if mail.changes.allDomains {
                        sweep = nil
                        due = .now + interval
                    }
                    sweep?.note(mail.changes)
                    publish(snapshot)
                }
                if isInDoubt, ContinuousClock.now >= doubt {
                    let changes = host.doubts.withLock { $0.take() }
                    snapshot = try await read(changes, snapshot)
                    sweep?.note(changes)
                    doubt = .now + Self.doubt
                    publish(snapshot)
                }
                if let reading = mail.usage {
                    snapshot = snapshot.applying(reading)
                    publish(snapshot)
                }
                if host.isUsageWanted, ContinuousClock.now >= usage {
                    askForUsage()
                    usage = .now + Self.usage
                }
            } catch {
                for waiter in mail.waiters { waiter.resume(false) }
                throw error
            }
            for waiter in mail.waiters { waiter.resume(true) }
            // In short steps, so that what events tell meanwhile is not late.
            if sweep == nil, ContinuousClock.now >= due { sweep = Sweep(of: snapshot) }
            if var current = sweep {
                if current.batch.isFinished {
                    snapshot = try await read(.allObjects, current.applied(to: snapshot))
                    publish(snapshot)
                    sweep = nil
                    due = .now + interval * Double.random(in: 0.9...1.1)
                    host.closeUnusedConnections()
                } else {
                    try await step(&current.batch, for: Self.sweepStep)
                    sweep = current
                }
            }
            if mail.changes.domains.count > Self.storm { try? await Task.sleep(for: Self.breath) }
        }
    }

    private func publish(_ snapshot: HostSnapshot) {
        up.record(1)
        host.publish(snapshot)
    }

    /// Asks for a sign of life, again and again, on the connection that events come by. Throws when there is none.
    private func feelPulse(_ lane: Lane) async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: Self.pulse)
            do {
                _ = try await lane.run(until: .now + Self.pulseDeadline) { try $0.libraryVersion() }
                host.publish { $0.lastAnswer = .now }
            } catch CallError.unanswered {
                throw ConnectError("The host does not answer.")
            }
        }
    }

    /// The snapshot with what is to be read anew.
    /// - Parameter known: what is known from before, if that is not the snapshot itself.
    private func read(_ changes: InventoryChanges, _ base: HostSnapshot, known: HostSnapshot? = nil) async throws -> HostSnapshot {
        var snapshot = base
        if changes.allDomains || !changes.domains.isEmpty {
            var batch = DomainBatch(changes, of: known ?? snapshot)
            while !batch.isFinished { try await step(&batch, for: Self.step) }
            snapshot = snapshot.applying(batch)
        }
        for kind in HostSnapshot.kinds where changes.objects.contains(kind) {
            var batch = ObjectBatch(kind)
            do {
                while !batch.isFinished {
                    batch = try await host.takeStock(until: .now + Self.stepDeadline) { [batch] connection in
                        var next = batch
                        try next.step(on: connection, until: .now + Self.step)
                        return next
                    }
                }
                snapshot = snapshot.applying(batch)
            } catch let error as LibvirtError {
                log.debug("objects cannot be read", metadata: ["kind": "\(kind)", "error": "\(error)"])
            }
        }
        return snapshot
    }

    /// Reads on for a while. A domain that does not let itself be read is passed over: that the host itself is silent would have been noticed earlier.
    /// Where it holds up what asks for all domains at once, they are read one by one.
    private func step(_ batch: inout DomainBatch, for time: Duration) async throws {
        let progress = DomainBatch.Progress()
        do {
            batch = try await host.takeStock(until: .now + Self.stepDeadline) { [batch] connection in
                var next = batch
                try next.step(on: connection, until: .now + time, progress)
                return next
            }
        } catch {
            try Task.checkCancellation()
            if progress.current == nil, (error as? CallError) == .unanswered, batch.doWithoutFacts() {
                log.debug("domains cannot be read all at once")
                return
            }
            guard let uuid = progress.current, error is LibvirtError || (error as? CallError) == .unanswered else { throw error }
            log.debug("domain cannot be read", metadata: ["uuid": "\(uuid)", "error": "\(error)"])
            batch.skip(uuid)
        }
    }

    /// Asks for usage whenever that is wished. One QEMU that does not answer holds that up: then nothing else waits, and the next reading, which
    /// finds that another waits already, passes over it. If that does not come either the last one is too old to be shown.
    private func measure(_ wishes: AsyncStream<Void>) async throws {
        var last: Usage?
        var isMissed = false
        for await _ in wishes {
            do {
                last = try await host.measure(until: .now + Self.stepDeadline) { [last] in try Usage(asking: $0, after: last) }
                host.mailbox.post(last)
                isMissed = false
            } catch is LibvirtError {
                last = nil
                host.mailbox.post(last)
            } catch {
                // Whether the host answers is for the pulse to say.
                log.debug("usage cannot be read", metadata: ["error": "\(error)"])
                if isMissed { host.mailbox.post(nil as Usage?) }
                isMissed = true
            }
        }
        try Task.checkCancellation()
    }
}
