// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation

/// The end of a file that a server wrote before, which may have been killed in the midst of a line or of a command.
struct AuditTail {
    /// How much of a file is looked at.
    static let size = 8 << 20

    /// The lines, the oldest first.
    let records: [AuditRecord]
    /// How many bytes of a line that was not finished were cut off.
    let torn: Int

    /// Cuts off a last line that is not finished, and reads those before it. Throws for a file that is no audit.
    init(mending file: OpenFile, path: String) throws(AuditError) {
        guard let status = file.status else { throw .system("\(path) cannot be read") }
        let start = max(0, Int(status.st_size) - Self.size)
        let bytes = try file.read(from: start, count: Int(status.st_size) - start)
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        torn = bytes.count - end
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n")).map { AuditRecord(line: Data($0)) }
        // After a loss of power there may be zeroes.
        let begun = bytes[end...].prefix(AuditRecord.opening.count)
        let isAudit = AuditRecord.opening.starts(with: begun) || begun.allSatisfy { $0 == 0 }
        guard end == 0 || lines.last.flatMap(\.self) != nil, torn <= AuditRecord.lineLimit, isAudit else {
            throw AuditError("\(path) does not look like an audit, so nothing is written to it.")
        }
        if torn > 0 {
            guard ftruncate(file.descriptor, off_t(start + end)) == 0 else { throw .system("\(path) cannot be mended") }
        }
        records = lines.compactMap(\.self)
    }

    /// Those that began, and of which it is not known how they ended, each once.
    var open: [AuditRecord] {
        var known = Set(records.filter { $0.event == .end }.compactMap(\.id))
        return records.filter { $0.isBeginning && known.insert($0.id ?? "").inserted }
    }
}
