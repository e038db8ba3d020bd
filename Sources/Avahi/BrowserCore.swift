// SPDX-License-Identifier: GPL-2.0-or-later
import CAvahi
import Synchronization

/// What a browser does on its thread: notes what is announced, and has each instance resolved.
///
/// A resolver stays as long as its instance, so that changes are told. The daemon allows a client 1,024 objects, so they are spread
/// over several sessions.
final class BrowserCore: PollWork {
    /// Below the daemon's 1,024 a client.
    private static let sessionLimit = 1_000
    /// So many are resolved at a time, so that a flood of names does not become one of questions.
    private static let parallel = 64
    private static let stride = 16
    /// A service that was announced and cannot be resolved is tried again after a while, less and less often.
    private static let patience: Duration = .seconds(5)

    private let types: [String]
    private let limits: Browser.Limits
    private let poll: PollThread
    private let shared: Browser.SharedState
    private let report: @Sendable (Browser.Report) -> Void
    /// The first one has the browsers, too.
    private var sessions: [(session: Session, count: Int)]
    private var browsers: [TypeBrowser] = []

    private var instances: [Service.Key: Instance] = [:]
    /// To be resolved; some may have gone.
    private var waiting: [Service.Key] = []
    private var resolving: Set<Service.Key> = []
    /// Failed, to be tried again then.
    private var later: [Service.Key: ContinuousClock.Instant] = [:]
    /// Gone or failed: their resolvers are to be freed.
    private var leaving: [Instance] = []
    private var leftOut = 0
    private var isFullReported = false
    private var isAbsenceReported = false
    private var browseAgain: ContinuousClock.Instant?

    init(
        types: [String], limits: Browser.Limits, poll: PollThread, shared: Browser.SharedState, report: @escaping @Sendable (Browser.Report) -> Void
    ) {
        self.types = types
        self.limits = limits
        self.poll = poll
        self.shared = shared
        self.report = report
        sessions = [(Session(on: poll), 0)]
    }

    func close() {
        forget()
        for (session, _) in sessions { session.discard() }
        shared.counts.withLock { $0 = Browser.Counts() }
    }

    func work() -> ContinuousClock.Instant? {
        var next: ContinuousClock.Instant?
        do {
            if try isReady() { next = try proceed() } else if sessions[0].session.state == .absent { next = sessions[0].session.retry }
        } catch {
            lose(error)
            next = sessions[0].session.retry
        }
        count()
        return next
    }

    private func isReady() throws(AvahiError) -> Bool {
        for (session, _) in sessions {
            if case .lost(let error) = session.state { throw error }
        }
        let main = sessions[0].session
        try main.connect()
        // While the daemon looks for a name of its own, it goes on to browse.
        guard browsers.isEmpty else { return true }
        guard main.state == .ready else { return false }
        browsers = try browse()
        isAbsenceReported = false
        report(.connected)
        return true
    }

    private func browse() throws(AvahiError) -> [TypeBrowser] {
        var browsers: [TypeBrowser] = []
        for type in types {
            browsers.append(try TypeBrowser(type, on: sessions[0].session) { [unowned self] in note($0) })
        }
        return browsers
    }

    private func lose(_ error: AvahiError) {
        if !isAbsenceReported { report(.disconnected(error)) }
        isAbsenceReported = true
        forget()
        for (session, _) in sessions { session.discard() }
        sessions = [(sessions[0].session, 0)]
    }

    /// Lets go of all that the daemon has for us.
    private func forget() {
        for instance in instances.values { instance.abandon() }
        for instance in leaving { instance.abandon() }
        for browser in browsers { browser.abandon() }
        (instances, waiting, resolving, later, leaving, browsers) = ([:], [], [], [:], [], [])
        leftOut = 0
        isFullReported = false
        browseAgain = nil
        shared.change { $0.reset() }
    }

    /// Does a few steps, and says when the next are due.
    private func proceed() throws(AvahiError) -> ContinuousClock.Instant? {
        let now = ContinuousClock.now
        for (key, due) in later where due <= now {
            later[key] = nil
            if instances[key] != nil { waiting.append(key) }
        }
        var steps = 0
        while steps < Self.stride {
            steps += 1
            if let instance = leaving.popLast() {
                if let number = instance.session { sessions[number].count -= 1 }
                instance.release()
            } else if resolving.count < Self.parallel, let key = waiting.popLast() {
                if let instance = instances[key], instance.session == nil { try resolve(instance) }
            } else {
                break
            }
        }
        if steps >= Self.stride { poll.ring() }
        var next = later.values.min()
        // There is room again for what was left out, and only a new question finds it.
        if leftOut > 0, instances.count < limits.services / 4 * 3 {
            let due = browseAgain ?? .now + Self.patience
            browseAgain = due
            next = min(next ?? due, due)
            if due <= now {
                browseAgain = nil
                leftOut = 0
                browsers = try browse()
            }
        }
        return next
    }

    private func resolve(_ instance: Instance) throws(AvahiError) {
        var number = 0
        while true {
            if number == sessions.count {
                // More than the limit needs would help nothing: the daemon allows less than it usually does.
                guard sessions.count <= limits.services / Self.sessionLimit + 1 else { break }
                let session = Session(on: poll)
                try session.connect()
                sessions.append((session, 0))
            }
            if sessions[number].count < Self.sessionLimit {
                do {
                    try instance.resolve(on: sessions[number].session, number: number)
                    sessions[number].count += 1
                    resolving.insert(instance.key)
                    return
                } catch {
                    if error.isOfConnection { throw error }
                    if error != .tooManyObjects { break }
                }
            }
            number += 1
        }
        later[instance.key] = .now + Self.patience * 12
    }

    /// What a browser's callback tells.
    private func note(_ sighting: TypeBrowser.Sighting) {
        switch sighting {
        case .appeared(let key):
            guard instances[key] == nil else { return }
            guard instances.count < limits.services else {
                leftOut += 1
                if !isFullReported { report(.full(limits.services)) }
                isFullReported = true
                return
            }
            instances[key] = Instance(key, textLimit: limits.text) { [unowned self] in note($0, $1) }
            waiting.append(key)
        case .went(let key):
            guard let instance = instances.removeValue(forKey: key) else { return }
            leaving.append(instance)
            resolving.remove(key)
            later[key] = nil
            shared.change { $0.went(key) }
        case .failed(let error): sessions[0].session.fail(error)
        }
        poll.ring()
    }

    /// What a resolver's callback tells.
    private func note(_ instance: Instance, _ outcome: Instance.Outcome) {
        // It may have been on its way when the instance went.
        guard instances[instance.key] === instance else { return }
        resolving.remove(instance.key)
        switch outcome {
        case .found(let service): shared.change { $0.found(service) }
        case .failed:
            later[instance.key] = .now + Self.patience * (1 << min(instance.failures - 1, 5))
            leaving.append(instance)
        }
        poll.ring()
    }

    private func count() {
        var counts = Browser.Counts()
        counts.services = instances.count
        counts.resolved = instances.values.count { $0.service != nil }
        counts.leftOut = leftOut
        counts.isConnected = !browsers.isEmpty
        shared.counts.withLock { $0 = counts }
    }
}
