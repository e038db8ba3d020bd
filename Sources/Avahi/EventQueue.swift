// SPDX-License-Identifier: GPL-2.0-or-later

/// What a browser's reader has yet to be told: at most one event for each service, however slow the reader is.
struct EventQueue {
    private var pending: [Service.Key: Browser.Event] = [:]
    /// In the order of their first news; some may not be pending any more.
    private var order: [Service.Key] = []
    private var first = 0
    /// What the reader knows of.
    private var told: Set<Service.Key> = []
    private var isReset = false

    var count: Int { pending.count + (isReset ? 1 : 0) }
    /// What is kept for their order, with what is not pending any more.
    var backlog: Int { order.count }

    mutating func found(_ service: Service) { put(told.contains(service.key) ? .changed(service) : .appeared(service), service.key) }

    mutating func went(_ key: Service.Key) {
        if told.contains(key) { put(.went(key), key) } else { pending[key] = nil }
    }

    mutating func reset() {
        isReset = isReset || !told.isEmpty
        self = EventQueue(isReset: isReset)
    }

    mutating func next() -> Browser.Event? {
        if isReset {
            isReset = false
            return .reset
        }
        while first < order.count {
            let key = order[first]
            first += 1
            guard let event = pending.removeValue(forKey: key) else { continue }
            if case .went = event { told.remove(key) } else { told.insert(key) }
            return event
        }
        order.removeAll(keepingCapacity: true)
        first = 0
        return nil
    }

    init() {}
    private init(isReset: Bool) { self.isReset = isReset }

    private mutating func put(_ event: Browser.Event, _ key: Service.Key) {
        if pending.updateValue(event, forKey: key) == nil { order.append(key) }
        // Services that come and go before they are read must not make it longer and longer.
        guard order.count - first > 2 * pending.count + 64 || first > order.count / 2 + 64 else { return }
        var seen: Set<Service.Key> = []
        order = order[first...].filter { pending[$0] != nil && seen.insert($0).inserted }
        first = 0
    }
}
