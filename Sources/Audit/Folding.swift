// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

/// What strangers are refused is a line each as long as it is little, and then a number: nobody fills the disk by asking.
struct Folding {
    /// How many of a kind from one address are lines of their own within the period.
    static let ownLines = 10
    static let period = Duration.seconds(60)
    /// How many addresses are told apart.
    static let bound = 1_024

    private struct Key: Hashable {
        let event: AuditRecord.Event
        /// Nil: all for whom there is no room.
        let block: AddressBlock?
    }

    private struct Entry {
        let end: ContinuousClock.Instant
        var count = 0
        /// Of those that are no lines, the last.
        var last: AuditRecord?
    }

    private var entries: [Key: Entry] = [:]
    /// When the first of them ends.
    private var end: ContinuousClock.Instant?

    /// Counts a record.
    /// - Returns: whether it is a line of its own, and whether it is the first of its period that is none.
    mutating func add(_ record: AuditRecord, at now: ContinuousClock.Instant) -> (isLine: Bool, isFirst: Bool) {
        var key = Key(event: record.event, block: AddressBlock(record.requester.address.flatMap { IPAddress($0) }))
        if entries[key] == nil, entries.count >= Self.bound { key = Key(event: record.event, block: nil) }
        var entry = entries[key] ?? Entry(end: now + Self.period)
        end = min(end ?? entry.end, entry.end)
        entry.count += 1
        let isLine = entry.count <= Self.ownLines
        if !isLine { entry.last = record }
        entries[key] = entry
        return (isLine, entry.count == Self.ownLines + 1)
    }

    /// Takes out those whose period is over.
    /// - Parameter now: nil: all.
    /// - Returns: a record for each of which some were no lines.
    mutating func take(at now: ContinuousClock.Instant?) -> [AuditRecord] {
        guard let end, now.map({ $0 >= end }) ?? true else { return [] }
        let over = entries.filter { entry in now.map { $0 >= entry.value.end } ?? true }
        for key in over.keys { entries[key] = nil }
        self.end = entries.values.map(\.end).min()
        return over.values.compactMap { entry in
            guard let last = entry.last else { return nil }
            let requester = Requester(address: last.requester.address)
            var record = AuditRecord(last.event, decision: .denied, reason: "More of the same within a minute.", requester: requester)
            record.count = entry.count - Self.ownLines
            return record
        }
    }
}
