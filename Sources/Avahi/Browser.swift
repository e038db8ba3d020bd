// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// Finds the services of some types by mDNS through avahi-daemon, and again whenever the daemon or D-Bus was restarted.
///
/// It has one thread of its own. Whatever is on the network, it keeps no more than its limits allow.
@safe public final class Browser: Sendable {
    /// What a hostile network cannot make it exceed.
    public struct Limits: Hashable, Sendable {
        /// Services that are known at a time; others are left out until some of these have gone.
        public var services: Int
        /// Bytes of one TXT record; items beyond are left out.
        public var text: Int

        public init(services: Int = 4_096, text: Int = 2_048) {
            self.services = services
            self.text = text
        }
    }

    public enum Report: Hashable, Sendable, CustomStringConvertible {
        case connected
        case disconnected(AvahiError)
        /// There are more services than are kept. Said once until the daemon is connected to anew.
        case full(Int)

        public var description: String {
            switch self {
            case .connected: "connected to avahi-daemon"
            case .disconnected(let error): "avahi-daemon is not there: \(error)"
            case .full(let limit): "more than \(limit) services are announced; the others are left out"
            }
        }
    }

    public struct Counts: Hashable, Sendable {
        /// Seen, resolved or not.
        public internal(set) var services = 0
        public internal(set) var resolved = 0
        /// Left out because of the limit, since the daemon was connected to.
        public internal(set) var leftOut = 0
        public internal(set) var isConnected = false
    }

    /// What is found. It is for one reader; one that is slow misses steps in between, never the outcome. It ends when the browser stops.
    public let events: AsyncStream<Event>

    private let poll: PollThread
    /// Touched by the poll's thread only while that runs, and by `init` and `stop()` otherwise.
    private nonisolated(unsafe) let core: BrowserCore
    private let shared: SharedState

    /// - Parameter types: for example `_http._tcp`.
    /// - Parameter report: called on the browser's thread, and may not wait.
    public init(types: [String], limits: Limits = Limits(), report: @escaping @Sendable (Report) -> Void = { _ in }) throws(AvahiError) {
        poll = try PollThread()
        let shared = SharedState()
        self.shared = shared
        events = AsyncStream { await shared.next() }
        unsafe core = BrowserCore(types: types, limits: limits, poll: poll, shared: shared, report: report)
        poll.start(unsafe core)
    }

    deinit { stop() }

    public var counts: Counts { shared.counts.withLock { $0 } }

    /// Ends the thread, and the events after those that are still to be read. It waits for a call to the daemon that is under way.
    public func stop() {
        poll.stop {
            unsafe core.close()
            shared.wake.finish()
        }
    }

    /// What the browser's thread and the reader share.
    final class SharedState: Sendable {
        let queue = Mutex(EventQueue())
        let counts = Mutex(Counts())
        let wake: AsyncStream<Void>.Continuation
        private let wakes: AsyncStream<Void>

        init() { (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1)) }

        func change(_ body: (inout EventQueue) -> Void) {
            queue.withLock { body(&$0) }
            wake.yield()
        }

        func next() async -> Event? {
            var iterator = wakes.makeAsyncIterator()
            while true {
                if let event = queue.withLock({ $0.next() }) { return event }
                if await iterator.next() == nil { return queue.withLock { $0.next() } }
            }
        }
    }
}
