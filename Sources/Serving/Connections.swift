// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Synchronization

/// How many connections there are, in all and from each address.
final class Connections: Sendable {
    /// Connections that are refused stay a moment, so that the client sees why; with this many of them the others are closed at once.
    static let lingering = 256
    /// Bytes of answers that an address may leave unread, however many its connections are. Shorter ones do not count.
    static let unread = 256 << 20
    static let short = 64 << 10

    private struct State {
        var sockets = 0
        var open = 0
        var byAddress: [AddressBlock: Int] = [:]
        var lingering = 0
        var unread: [AddressBlock: Int] = [:]
    }

    private let limit: Int
    private let limitPerAddress: Int
    private let trusted: [AddressRange]
    private let sockets: Int
    private let metrics: ServingMetrics
    private let state = Mutex(State())

    /// - Parameters:
    ///   - trusted: proxies, through which many others come.
    ///   - sockets: how many there may be with those that are refused.
    init(limit: Int, perAddress: Int, trusted: [AddressRange], sockets: Int = .max, metrics: ServingMetrics) {
        self.limit = limit
        limitPerAddress = perAddress
        self.trusted = trusted
        self.sockets = sockets
        self.metrics = metrics
    }

    /// Those that are open and served.
    var count: Int { state.withLock(\.open) }

    /// Whether another socket may be accepted. Those that may not wait in the system.
    var hasRoom: Bool { state.withLock { $0.sockets < sockets } }

    /// A socket was accepted, whatever becomes of it.
    func beginSocket() { state.withLock { $0.sockets += 1 } }

    func endSocket() { state.withLock { $0.sockets -= 1 } }

    /// Counts a connection in, or says why it is refused.
    func enter(from address: IPAddress?) -> Refusal? {
        let block = AddressBlock(address)
        let isProxy = isTrusted(address)
        let refusal: Refusal? = state.withLock { state in
            if state.open >= limit { return .connections }
            let own = state.byAddress[block] ?? 0
            if own >= limitPerAddress, !isProxy { return .connectionsPerAddress }
            state.open += 1
            state.byAddress[block] = own + 1
            metrics.connections(state.open)
            return nil
        }
        if let refusal { metrics.refused(refusal) }
        return refusal
    }

    func leave(from address: IPAddress?) {
        let block = AddressBlock(address)
        state.withLock { state in
            state.open -= 1
            let own = (state.byAddress[block] ?? 0) - 1
            state.byAddress[block] = own > 0 ? own : nil
            metrics.connections(state.open)
        }
    }

    /// Whether one that is refused may stay to hear it. Who is told so says when it is gone.
    func beginLingering() -> Bool {
        state.withLock { state in
            guard state.lingering < Self.lingering else { return false }
            state.lingering += 1
            return true
        }
    }

    func endLingering() { state.withLock { $0.lingering -= 1 } }

    /// An answer begins to be written. False if the client has left too much unread to get it.
    func beginWriting(_ bytes: Int, to address: IPAddress?) -> Bool {
        let block = AddressBlock(address)
        let isProxy = isTrusted(address)
        return state.withLock { state in
            let own = state.unread[block] ?? 0
            guard isProxy || own == 0 || own + bytes <= Self.unread else { return false }
            state.unread[block] = own + bytes
            return true
        }
    }

    /// It is written, or never will be.
    func endWriting(_ bytes: Int, to address: IPAddress?) {
        let block = AddressBlock(address)
        state.withLock { state in
            let own = (state.unread[block] ?? 0) - bytes
            state.unread[block] = own > 0 ? own : nil
        }
    }

    /// Whether nothing is left of those that were there.
    var isEmpty: Bool { state.withLock { $0.sockets == 0 && $0.open == 0 && $0.byAddress.isEmpty && $0.lingering == 0 && $0.unread.isEmpty } }

    private func isTrusted(_ address: IPAddress?) -> Bool {
        guard let address else { return false }
        return trusted.contains { $0.contains(address) }
    }
}
