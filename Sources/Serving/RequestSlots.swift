// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
public import NIOCore
import Synchronization

/// How many requests are being answered, in all and for each caller. Nobody waits for a slot: who gets none is told so at once.
public final class RequestSlots: Sendable {
    /// What watches the server is answered beside all others, this many at once.
    static let reserve = 4
    /// For each that may be answered at once, as many requests may be under way whose body is still coming.
    static let readers = 4

    enum Caller: Hashable, Sendable {
        case watcher
        case address(AddressBlock)
        /// The bytes of a name: to Swift, `K` and the Kelvin sign are the same text.
        case user([UInt8])
    }

    private struct State {
        /// Without those of the reserve.
        var taken = 0
        /// Those of which the body is still coming.
        var reading = 0
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
    func keep(_ slot: RequestSlot, for channel: any Channel) {
        // One that is let go of gives itself back, which must not be in the lock.
        _ = state.withLock { $0.waiting.updateValue(slot, forKey: ObjectIdentifier(channel)) }
    }

    /// The slot of the request that came by that connection, for who answers it. Nil if the connection is gone.
    public func claim(_ channel: any Channel) -> RequestSlot? { state.withLock { $0.waiting.removeValue(forKey: ObjectIdentifier(channel)) } }

    /// Whether nothing is being answered.
    var isEmpty: Bool { state.withLock { $0.taken == 0 && $0.reading == 0 && $0.byCaller.isEmpty && $0.waiting.isEmpty } }

    /// - Parameter isNew: whether the request does not count yet.
    func enter(_ caller: Caller, isNew: Bool) throws(Refusal) {
        try refuse { state in
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
    }

    /// A request that is being answered waits for its body, and makes room for another.
    func beginReading() throws(Refusal) {
        try refuse { state in
            guard state.reading < Self.readers * limit else { return .requests }
            (state.taken, state.reading) = (state.taken - 1, state.reading + 1)
            return nil
        }
    }

    /// Its body is here. Throws the `Refusal` if there is no room.
    func endReading() throws(Refusal) {
        try refuse { state in
            guard state.taken < limit else { return .requests }
            (state.taken, state.reading) = (state.taken + 1, state.reading - 1)
            return nil
        }
    }

    private func refuse(_ decision: (inout sending State) -> Refusal?) throws(Refusal) {
        guard let refusal = state.withLock({ decision(&$0) }) else { return }
        metrics.refused(refusal)
        throw refusal
    }

    /// - Parameters:
    ///   - isOver: whether the request does not count any more.
    ///   - isReading: whether its body was still coming.
    func leave(_ caller: Caller, isOver: Bool, isReading: Bool = false) {
        state.withLock { state in
            if isOver, caller != .watcher { if isReading { state.reading -= 1 } else { state.taken -= 1 } }
            let own = (state.byCaller[caller] ?? 0) - 1
            state.byCaller[caller] = own > 0 ? own : nil
        }
    }
}
