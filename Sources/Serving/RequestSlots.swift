// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
public import NIOCore
import Synchronization

/// How many requests are being answered, in all and for each caller. Nobody waits for a slot: who gets none is told so at once.
public final class RequestSlots: Sendable {
    /// What watches the server is answered beside all others, this many at once.
    static let reserve = 4

    enum Caller: Hashable, Sendable {
        case watcher
        case address(AddressBlock)
        /// The bytes of a name: to Swift, `K` and the Kelvin sign are the same text.
        case user([UInt8])
    }

    private struct State {
        /// Without those of the reserve.
        var taken = 0
        var byCaller: [Caller: Int] = [:]
        /// Those that nobody has begun to use, by their connection.
        var waiting: [ObjectIdentifier: RequestSlot] = [:]
    }

    private let limit: Int
    private let limitPerCaller: Int
    private let metrics: ServingMetrics
    private let state = Mutex(State())

    init(limit: Int, perCaller: Int, metrics: ServingMetrics) {
        self.limit = limit
        limitPerCaller = perCaller
        self.metrics = metrics
    }

    /// A slot for a request from that address, as long as nobody knows whose it is. Throws the `Refusal` if there is none.
    /// - Parameter isWatching: whether the request is for the server's health.
    func take(from address: IPAddress?, isWatching: Bool = false) throws(Refusal) -> RequestSlot {
        let caller = isWatching ? Caller.watcher : .address(AddressBlock(address))
        try enter(caller, isNew: true)
        return RequestSlot(caller, of: self)
    }

    /// Keeps the slot of the request at hand until it is claimed.
    func keep(_ slot: RequestSlot, for channel: any Channel) { state.withLock { $0.waiting[ObjectIdentifier(channel)] = slot } }

    /// The slot of the request that came by that connection, for who answers it. Nil if the connection is gone.
    public func claim(_ channel: any Channel) -> RequestSlot? { state.withLock { $0.waiting.removeValue(forKey: ObjectIdentifier(channel)) } }

    /// Whether nothing is being answered.
    var isEmpty: Bool { state.withLock { $0.taken == 0 && $0.byCaller.isEmpty && $0.waiting.isEmpty } }

    /// - Parameter isNew: whether the request does not count yet.
    func enter(_ caller: Caller, isNew: Bool) throws(Refusal) {
        let refusal: Refusal? = state.withLock { state in
            let own = state.byCaller[caller] ?? 0
            if caller == .watcher {
                if own >= Self.reserve { return .requests }
            } else {
                if isNew, state.taken >= limit { return .requests }
                if own >= limitPerCaller { return .requestsPerCaller }
                if isNew { state.taken += 1 }
            }
            state.byCaller[caller] = own + 1
            return nil
        }
        guard let refusal else { return }
        metrics.refused(refusal)
        throw refusal
    }

    /// - Parameter isOver: whether the request does not count any more.
    func leave(_ caller: Caller, isOver: Bool) {
        state.withLock { state in
            if isOver, caller != .watcher { state.taken -= 1 }
            let own = (state.byCaller[caller] ?? 0) - 1
            state.byCaller[caller] = own > 0 ? own : nil
        }
    }
}
