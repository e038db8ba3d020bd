// SPDX-License-Identifier: GPL-2.0-or-later
import Synchronization

/// What a publisher does on its thread: makes what the daemon has equal to what is wanted, a few services at a time.
final class PublisherCore: PollWork {
    /// So many calls are made before the daemon's own messages are read again.
    private static let stride = 16
    /// A text is not sent more often than multicast DNS allows (RFC 6762, section 6).
    private static let textInterval: Duration = .seconds(1)

    private let poll: PollThread
    private let shared: Publisher.SharedState
    private let report: @Sendable (Publisher.Report) -> Void
    private let session: Session
    private var generation = 0

    private var wanted: [String: Publication] = [:]
    private var order: [String] = []
    private var registrations: [String: Registration] = [:]
    private var labels = LabelSet()
    /// What the daemon does not want as it is.
    private var refused: [String: Publication] = [:]

    /// What is to be done, by identifiers; the last ones first.
    private var withdrawals: [String] = []
    private var updates: [String] = []
    private var additions: [String] = []
    private var collisions: [String] = []
    private var needsPlan = false
    private var isFull = false
    private var isFullReported = false
    private var isAbsenceReported = false

    init(poll: PollThread, shared: Publisher.SharedState, report: @escaping @Sendable (Publisher.Report) -> Void) {
        self.poll = poll
        self.shared = shared
        self.report = report
        session = Session(on: poll)
    }

    /// Gives up all at once: the daemon takes back what a client that leaves had announced.
    func close() {
        for registration in registrations.values { registration.abandon() }
        registrations.removeAll()
        session.discard()
        shared.counts.withLock { $0 = Publisher.Counts() }
    }

    func work() -> ContinuousClock.Instant? {
        takeWanted()
        var next: ContinuousClock.Instant?
        do {
            if try isReady() { next = try proceed() } else if session.state == .absent { next = session.retry }
        } catch {
            lose(error)
            next = session.retry
        }
        count()
        return next
    }

    private func takeWanted() {
        let news = shared.wanted.withLock { wanted in
            defer { wanted = nil }
            return wanted
        }
        guard let news else { return }
        wanted = Dictionary(news.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        order = news.map(\.id).filter { seen.insert($0).inserted }
        refused = refused.filter { wanted[$0] == $1 }
        needsPlan = true
    }

    private func isReady() throws(AvahiError) -> Bool {
        if case .lost(let error) = session.state { lose(error) }
        try session.connect()
        guard session.state == .ready else {
            // A daemon that looks for a name of its own wants all services anew afterwards.
            forget()
            return false
        }
        if generation != session.generation {
            forget()
            generation = session.generation
            isAbsenceReported = false
            report(.connected)
        }
        return true
    }

    private func lose(_ error: AvahiError) {
        if !isAbsenceReported { report(.disconnected(error)) }
        isAbsenceReported = true
        for registration in registrations.values { registration.abandon() }
        forget()
        session.discard()
    }

    /// Lets go of all that the daemon has of us.
    private func forget() {
        registrations.removeAll()
        labels.removeAll()
        collisions.removeAll()
        isFull = false
        needsPlan = true
    }

    /// Finds out what is to be done.
    private func plan() {
        needsPlan = false
        withdrawals = registrations.values.filter { registration in
            guard let now = wanted[registration.publication.id] else { return true }
            return !now.isServed(by: registration.publication)
        }.map(\.publication.id)
        updates = order.reversed().filter { id in registrations[id].map { $0.publication.text != wanted[id]?.text } ?? false }
        let leaving = Set(withdrawals)
        let missing = order.reversed().filter { (registrations[$0] == nil || leaving.contains($0)) && refused[$0] == nil }
        additions = missing.filter { wanted[$0]?.isPreferred == false } + missing.filter { wanted[$0]?.isPreferred == true }
    }

    /// Does a few steps, and says when the next are due.
    private func proceed() throws(AvahiError) -> ContinuousClock.Instant? {
        if needsPlan { plan() }
        var (steps, next): (Int, ContinuousClock.Instant?) = (0, nil)
        var later: [String] = []
        while steps < Self.stride {
            steps += 1
            if let id = withdrawals.popLast() {
                withdraw(id)
            } else if let id = collisions.popLast() {
                try rename(id)
            } else if let id = updates.popLast() {
                guard let registration = registrations[id], let now = wanted[id], now.text != registration.publication.text else { continue }
                let due = registration.sent + Self.textInterval
                if due > .now {
                    later.append(id)
                    next = min(next ?? due, due)
                } else {
                    try attempt(now) { () throws(AvahiError) in try registration.update(now) }
                }
            } else if let id = additions.last, !isFull || makeRoom(for: id) {
                additions.removeLast()
                try add(id)
            } else {
                break
            }
        }
        updates += later.reversed()
        if steps >= Self.stride { poll.ring() }
        if additions.isEmpty, !isFull { isFullReported = false }
        return next
    }

    private func withdraw(_ id: String) {
        guard let registration = registrations.removeValue(forKey: id) else { return }
        registration.withdraw()
        labels.free(registration.label, type: registration.publication.type)
        isFull = false
    }

    private func add(_ id: String) throws(AvahiError) {
        guard let publication = wanted[id], registrations[id] == nil else { return }
        let label = labels.take(publication.name, type: publication.type)
        do {
            let registration = try Registration(publication, as: label, on: session) { [unowned self] in note($0) }
            registrations[id] = registration
            if label != publication.name { report(.renamed(from: publication.name, to: label)) }
            if registration.state == .collided { collisions.append(id) }
        } catch .tooManyObjects {
            labels.free(label, type: publication.type)
            additions.append(id)
            isFull = true
            if !isFullReported { report(.full(announced: registrations.count, of: wanted.count)) }
            isFullReported = true
        } catch {
            labels.free(label, type: publication.type)
            try refuse(publication, error)
        }
    }

    private func rename(_ id: String) throws(AvahiError) {
        guard let registration = registrations[id], registration.state == .collided else { return }
        let (old, publication) = (registration.label, registration.publication)
        let label = labels.take(LabelSet.alternative(to: old), type: publication.type)
        report(.renamed(from: old, to: label))
        try attempt(publication) { () throws(AvahiError) in try registration.rename(label) }
        labels.free(old, type: publication.type)
        if registration.state == .collided { collisions.append(id) }
    }

    /// Whether another service was taken back so that this one can be announced.
    private func makeRoom(for id: String) -> Bool {
        guard wanted[id]?.isPreferred == true,
            let other = order.last(where: { registrations[$0] != nil && wanted[$0]?.isPreferred == false })
        else { return false }
        withdraw(other)
        additions.insert(other, at: 0)
        return true
    }

    /// Tries to change a service that is at the daemon.
    private func attempt(_ publication: Publication, _ body: () throws(AvahiError) -> Void) throws(AvahiError) {
        do throws(AvahiError) {
            try body()
        } catch {
            try refuse(publication, error)
            withdraw(publication.id)
        }
    }

    /// Throws what is the connection's failure; all else is the service's own, which is then left alone until it changes.
    private func refuse(_ publication: Publication, _ error: AvahiError) throws(AvahiError) {
        if error.isOfConnection { throw error }
        refused[publication.id] = publication
        report(.refused(name: publication.name, error))
    }

    /// What Avahi's callback says of a service.
    private func note(_ registration: Registration) {
        switch registration.state {
        case .collided: collisions.append(registration.publication.id)
        case .failed: session.fail(session.lastError)
        case .registering, .established: break
        }
        poll.ring()
    }

    private func count() {
        var counts = Publisher.Counts()
        counts.wanted = wanted.count
        counts.announced = registrations.count
        counts.established = registrations.values.count { $0.state == .established }
        counts.refused = refused.count
        counts.isConnected = session.state == .ready
        shared.counts.withLock { $0 = counts }
    }
}
