// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
import Logging
import Metrics

/// Keeps what is known of one host true: connects, reads all, folds in what events tell, sweeps, and tries again when the host is gone.
struct HostMonitor {
    /// How long a host may take to answer the first calls. Long, because an attempt that is under way is answered when the host wakes.
    private static let openingDeadline: Duration = .seconds(10)
    /// A host is asked for a sign of life so often, and has so long to give it.
    private static let pulse: Duration = .seconds(2)
    private static let pulseDeadline: Duration = .seconds(2)
    /// The longest that one step of reading may take; it is meant to take much less.
    private static let stepDeadline: Duration = .seconds(5)
    private static let step: Duration = .milliseconds(500)
    /// All is read anew so often, because many changes send no event; and more often where there are none at all.
    private static let sweep: Duration = .seconds(60)
    private static let eventlessSweep: Duration = .seconds(10)
    /// How often usage is asked for while somebody looks, and how long somebody counts as looking.
    private static let usage: Duration = .seconds(3)
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
            do {
                try await attend {
                    backoff.reset()
                    isReported = false
                }
                return
            } catch {
                failure = error
            }
            guard !Task.isCancelled else { return }
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
    private func attend(_ isUp: () -> Void) async throws {
        let lane = try host.lane()
        let mailbox = host.mailbox
        defer {
            mailbox.close()
            lane.discard()
        }
        let (record, subscription) = try await lane.run(until: .now + Self.openingDeadline) { connection in
            (try HostRecord(connection), EventSubscription(on: connection) { mailbox.post($0) })
        }
        defer {
            lane.discard()
            CallThreads.shared.release(subscription)
        }
        mailbox.open()
        lane.onEnd { mailbox.lose() }
        var snapshot = HostSnapshot(host: record)
        // Domains first: they are what is waited for.
        snapshot = try await read(.kind(.domain), snapshot, lane)
        publish(snapshot)
        isUp()
        log.info("connected", metadata: ["read-only": "\(host.isReadOnly)", "events": "\(subscription.tellsOfDomains)"])
        snapshot = try await read(.allObjects, snapshot, lane)
        publish(snapshot)
        try await keep(snapshot, lane, every: subscription.tellsOfDomains ? Self.sweep : Self.eventlessSweep)
    }

    private func keep(_ start: HostSnapshot, _ lane: Lane, every interval: Duration) async throws {
        var snapshot = start
        var pulse = ContinuousClock.now + Self.pulse
        var sweep = ContinuousClock.now + interval * Double.random(in: 0.1...1)
        var usage = ContinuousClock.now
        while !Task.isCancelled {
            let mail = await host.mailbox.take(until: min(pulse, sweep, host.isUsageWanted ? usage : sweep))
            if mail.isLost {
                for waiter in mail.waiters { waiter.resume(false) }
                throw ConnectError("The host has closed the connection.")
            }
            var changes = mail.changes
            if ContinuousClock.now >= sweep {
                changes.formUnion(.all)
                sweep = .now + interval * Double.random(in: 0.9...1.1)
                host.closeUnusedConnections()
            }
            do {
                if !changes.isEmpty { snapshot = try await read(changes, snapshot, lane) }
                if host.isUsageWanted, ContinuousClock.now >= usage {
                    snapshot = snapshot.applying(try await self.usage(after: snapshot.usage))
                    usage = .now + Self.usage
                    publish(snapshot)
                } else if !changes.isEmpty {
                    publish(snapshot)
                }
            } catch {
                for waiter in mail.waiters { waiter.resume(false) }
                throw error
            }
            for waiter in mail.waiters { waiter.resume(true) }
            if ContinuousClock.now >= pulse {
                try await feelPulse(lane)
                pulse = .now + Self.pulse
            }
            if changes.domains.count > Self.storm { try? await Task.sleep(for: Self.breath) }
        }
    }

    private func publish(_ snapshot: HostSnapshot) {
        up.record(1)
        let identity = (try? host.address.get()).flatMap { HostIdentity(snapshot.host, mode: $0.path) }
        host.publish { state in
            state.snapshot = snapshot
            state.identity = identity
            state.failure = nil
            state.lastAnswer = .now
        }
    }

    /// Throws unless the host answers on the connection that its events come by.
    private func feelPulse(_ lane: Lane) async throws {
        do {
            _ = try await lane.run(until: .now + Self.pulseDeadline) { try $0.libraryVersion() }
            host.noteAnswer()
        } catch CallError.unanswered {
            throw ConnectError("The host does not answer.")
        }
    }

    /// The snapshot with what is to be read anew. One domain that does not let itself be read stays as it was, if the host itself answers.
    private func read(_ changes: InventoryChanges, _ base: HostSnapshot, _ lane: Lane) async throws -> HostSnapshot {
        guard let pool = host.inventory else { return base }
        var snapshot = base
        if changes.allDomains || !changes.domains.isEmpty {
            var batch = DomainBatch(changes, of: snapshot)
            while !batch.isFinished {
                let progress = DomainBatch.Progress()
                do {
                    batch = try await pool.run(until: .now + Self.stepDeadline) { [batch] connection in
                        var next = batch
                        try next.step(on: connection, until: .now + Self.step, progress)
                        return next
                    }
                } catch {
                    guard let uuid = progress.current, error is LibvirtError || (error as? CallError) == .unanswered else { throw error }
                    try await feelPulse(lane)
                    log.debug("domain cannot be read", metadata: ["uuid": "\(uuid)", "error": "\(error)"])
                    batch.skip(uuid)
                }
            }
            snapshot = snapshot.applying(batch)
        }
        for kind in HostSnapshot.kinds where changes.objects.contains(kind) {
            var batch = ObjectBatch(kind)
            do {
                while !batch.isFinished {
                    batch = try await pool.run(until: .now + Self.stepDeadline) { [batch] connection in
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

    /// Nil where the driver counts nothing.
    private func usage(after last: Usage?) async throws -> Usage? {
        guard let pool = host.inventory else { return nil }
        do {
            return try await pool.run(until: .now + Self.stepDeadline) { try Usage(asking: $0, after: last) }
        } catch is LibvirtError {
            return nil
        }
    }
}
