// SPDX-License-Identifier: GPL-2.0-or-later

/// The last records, for who looks. What strangers are refused is kept apart, so that they push out nothing but their own.
struct RecentRecords {
    private typealias Numbered = (number: Int, record: AuditRecord)

    private var known: [Numbered] = []
    private var ofStrangers: [Numbered] = []
    private var count = 0

    /// The newest first.
    var all: [AuditRecord] {
        let kept = known.suffix(AuditLog.keptRecords) + ofStrangers.suffix(AuditLog.keptRefusals)
        return kept.sorted { $0.number > $1.number }.map(\.record)
    }

    mutating func add(_ record: AuditRecord) {
        count += 1
        if record.isOfStranger {
            Self.add((count, record), to: &ofStrangers, bound: AuditLog.keptRefusals)
        } else {
            Self.add((count, record), to: &known, bound: AuditLog.keptRecords)
        }
    }

    private static func add(_ record: Numbered, to records: inout [Numbered], bound: Int) {
        records.append(record)
        if records.count >= 2 * bound { records.removeFirst(records.count - bound) }
    }
}
