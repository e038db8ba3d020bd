// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
public import Inventory
public import Libvirt

/// Keeps what is known of the local host true: connects, reads all, folds in what events tell, and connects again when libvirtd is back.
///
/// Everything here blocks, so a watcher has a thread of its own. libvirt's event loop must run on another one.
public final class HostWatcher: Sendable {
    public enum Report: Sendable {
        /// Without events, all is read anew every ten seconds.
        case connected(hasEvents: Bool)
        /// Said once, until it is connected again.
        case lost(any Error)
        /// It stays announced as it was.
        case unreadable(UUID, LibvirtError)
    }

    private static let eventlessSweep: Duration = .seconds(10)
    /// The longest wait before libvirtd is tried again.
    private static let patience: Duration = .seconds(1)
    /// Seconds between signs of life that are asked for, and how many may fail to come.
    private static let pulse: (interval: CInt, count: CUnsignedInt) = (2, 2)
    private static let step: Duration = .milliseconds(500)

    private let uri: String
    private let report: @Sendable (Report) -> Void
    private let changed: @Sendable (HostSnapshot?) -> Void

    /// - Parameter changed: called on the watcher's thread with what is known now; nil: libvirtd is not there.
    public init(uri: String, report: @escaping @Sendable (Report) -> Void, changed: @escaping @Sendable (HostSnapshot?) -> Void) {
        self.uri = uri
        self.report = report
        self.changed = changed
    }

    /// Reads the host once.
    public func read() throws(LibvirtError) -> HostSnapshot {
        let connection = try Connection(uri: uri, readOnly: true)
        return try read(.kind(.domain), host(connection), connection)
    }

    /// Watches it, and never returns.
    public func run() -> Never {
        var (pause, isReported): (Duration, Bool) = (.milliseconds(100), false)
        while true {
            do throws(LibvirtError) {
                try attend {
                    (pause, isReported) = (.milliseconds(100), false)
                }
            } catch {
                changed(nil)
                if !isReported { report(.lost(error)) }
                isReported = true
            }
            usleep(useconds_t(pause / .microseconds(1)))
            pause = min(pause * 2, Self.patience)
        }
    }

    /// Connects and stays with the host until it is lost, which it throws.
    private func attend(_ isUp: () -> Void) throws(LibvirtError) {
        let connection = try Connection(uri: uri, readOnly: true)
        let mailbox = Mailbox()
        let closing = try? CloseSubscription(on: connection) { mailbox.lose() }
        defer { closing?.cancel() }
        _ = try? connection.keepAlive(interval: Self.pulse.interval, count: Self.pulse.count)
        // Before the first reading, so that nothing happens unnoticed in between.
        let subscription = EventSubscription(on: connection) { mailbox.post($0) }
        defer { withExtendedLifetime(subscription) {} }
        var snapshot = try read(.kind(.domain), host(connection), connection)
        isUp()
        report(.connected(hasEvents: subscription.tellsOfDomains))
        changed(snapshot)
        while true {
            let mail = mailbox.take(within: subscription.tellsOfDomains ? nil : Self.eventlessSweep)
            if mail.isLost { throw LibvirtError(code: .rpc, message: "libvirtd has closed the connection") }
            let changes = subscription.tellsOfDomains ? mail.changes : .kind(.domain)
            guard !changes.isEmpty else { continue }
            snapshot = try read(changes, snapshot, connection)
            changed(snapshot)
        }
    }

    private func host(_ connection: Connection) throws(LibvirtError) -> HostSnapshot {
        let record = try HostRecord(connection)
        guard Driver(type: record.driver) != nil else {
            throw LibvirtError(code: .noSupport, message: "domains of the driver \(record.driver) are not announced")
        }
        return HostSnapshot(host: record)
    }

    /// The snapshot with what is to be read anew. A domain that does not let itself be read stays as it was, if the host itself answers.
    private func read(_ changes: InventoryChanges, _ base: HostSnapshot, _ connection: Connection) throws(LibvirtError) -> HostSnapshot {
        var batch = DomainBatch(changes, of: base)
        let progress = DomainBatch.Progress()
        while !batch.isFinished {
            do throws(LibvirtError) {
                try batch.step(on: connection, until: .now + Self.step, progress)
            } catch {
                guard let uuid = progress.current else { throw error }
                _ = try connection.libraryVersion()
                report(.unreadable(uuid, error))
                batch.skip(uuid)
            }
        }
        return base.applying(batch)
    }
}
