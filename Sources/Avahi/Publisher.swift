// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// Announces services by mDNS through avahi-daemon, and again whenever the daemon or D-Bus was restarted.
///
/// It has one thread of its own; nothing here waits for the daemon but `stop()`.
@safe public final class Publisher: Sendable {
    /// What there is to be said to whoever runs it.
    public enum Report: Hashable, Sendable, CustomStringConvertible {
        case connected
        /// There is no daemon, or no more. It is waited for.
        case disconnected(AvahiError)
        /// The daemon takes no more. Said once, and again only after all were announced.
        case full(announced: Int, of: Int)
        /// The name was taken, by one of ours or on another machine.
        case renamed(from: String, to: String)
        case refused(name: String, AvahiError)

        public var description: String {
            switch self {
            case .connected: "connected to avahi-daemon"
            case .disconnected(let error): "avahi-daemon is not there: \(error)"
            case .full(let announced, let all):
                "avahi-daemon takes no more services: \(announced) of \(all) are announced (objects-per-client-max in avahi-daemon.conf)"
            case .renamed(let from, let to): "\(from) is announced as \(to)"
            case .refused(let name, let error): "\(name) cannot be announced: \(error)"
            }
        }
    }

    public struct Counts: Hashable, Sendable {
        public internal(set) var wanted = 0
        /// Given to the daemon.
        public internal(set) var announced = 0
        /// Of these, found to be unique and sent.
        public internal(set) var established = 0
        /// Refused by the daemon for what they are.
        public internal(set) var refused = 0
        public internal(set) var isConnected = false
    }

    private let poll: PollThread
    /// Touched by the poll's thread only while that runs, and by `init` and `stop()` otherwise.
    private nonisolated(unsafe) let core: PublisherCore
    private let shared: SharedState

    /// - Parameter report: called on the publisher's thread, and may not wait.
    public init(report: @escaping @Sendable (Report) -> Void = { _ in }) throws(AvahiError) {
        poll = try PollThread()
        shared = SharedState()
        unsafe core = PublisherCore(poll: poll, shared: shared, report: report)
        poll.start(unsafe core)
    }

    deinit { stop() }

    /// Announces these and no others. The first ones come first; what is at the daemon already is only changed where it differs.
    public func announce(_ publications: [Publication]) {
        shared.wanted.withLock { $0 = publications }
        poll.ring()
    }

    public var counts: Counts { shared.counts.withLock { $0 } }

    /// Takes all back and ends the thread. It waits for a call to the daemon that is under way.
    public func stop() {
        poll.stop { unsafe core.close() }
    }

    /// What the publisher's thread and others share.
    final class SharedState: Sendable {
        /// Nil: as before.
        let wanted = Mutex<[Publication]?>(nil)
        let counts = Mutex(Counts())
    }
}
