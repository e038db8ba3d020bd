// SPDX-License-Identifier: GPL-2.0-or-later

/// Sessions that were ended before their time, until that comes. Of each user there is room for some; of more the one that was begun first is
/// forgotten, and then none counts that the user had begun by that second.
struct EndedSessions: Sendable {
    private struct Record {
        var sessions: [Session] = []
        /// Seconds since 1970; nothing counts that was begun by then.
        var begun = Int.min
    }

    private let capacity: Int
    private var records: [String: Record] = [:]

    /// - Parameter capacity: sessions of one user.
    init(capacity: Int = 100) { self.capacity = capacity }

    var count: Int { records.values.reduce(0) { $0 + $1.sessions.count } }

    func contains(_ session: Session) -> Bool {
        guard let record = records[session.name] else { return false }
        return session.issued <= record.begun || record.sessions.contains { $0.identifier == session.identifier }
    }

    /// - Parameter now: seconds since 1970.
    mutating func insert(_ session: Session, at now: Int) {
        var record = records[session.name] ?? Record()
        record.sessions.removeAll { $0.expires <= now }
        record.sessions.append(session)
        let first = record.sessions.indices.min { record.sessions[$0].issued < record.sessions[$1].issued }
        if let first, record.sessions.count > capacity { record.begun = max(record.begun, record.sessions.remove(at: first).issued) }
        records[session.name] = record
    }
}
