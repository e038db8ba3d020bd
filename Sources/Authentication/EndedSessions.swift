// SPDX-License-Identifier: GPL-2.0-or-later

/// Sessions that were ended before their time, until that comes. Of too many the one that would have ended first is forgotten.
struct EndedSessions: Sendable {
    private let capacity: Int
    private var ends: [[UInt8]: Int] = [:]

    init(capacity: Int = 10_000) { self.capacity = capacity }

    var count: Int { ends.count }

    func contains(_ session: Session) -> Bool { ends[session.identifier] != nil }

    /// - Parameter now: seconds since 1970.
    mutating func insert(_ session: Session, at now: Int) {
        ends[session.identifier] = session.expires
        guard ends.count > capacity else { return }
        ends = ends.filter { now < $0.value }
        while ends.count > capacity, let first = ends.min(by: { $0.value < $1.value }) { ends[first.key] = nil }
    }
}
