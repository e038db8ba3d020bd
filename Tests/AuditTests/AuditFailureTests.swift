// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Logging
import TestSupport
import Testing

@testable import Audit

@Suite struct AuditFailureTests {
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func events(_ sink: MemorySink) -> [AuditRecord.Event] { sink.lines.compactMap { AuditRecord(line: Data($0.utf8))?.event } }

    @Test func `an end that cannot be written is written first when that works again`() throws {
        let sink = MemorySink()
        let log = AuditLog(sink: sink, log: quiet)
        let record = AuditRecord.beginning()
        try log.write(record)
        sink.fail(AuditError("full"))
        #expect(throws: AuditError.self) { try log.write(record.ending(.ok)) }
        #expect(throws: AuditError.self) { try log.write(.beginning()) }
        log.note(AuditRecord(.login))
        sink.fail(nil)
        try log.write(.beginning())
        #expect(events(sink) == [.command, .end, .command])
        #expect(log.recent.map(\.event) == [.command, .end, .command])
    }

    @Test func `no more ends wait than the bound`() throws {
        let sink = MemorySink()
        let log = AuditLog(sink: sink, log: quiet)
        sink.fail(AuditError("full"))
        for _ in 0..<AuditLog.waitingEnds + 50 { log.note(AuditRecord.beginning().ending(.ok)) }
        sink.fail(nil)
        log.note(AuditRecord(.login))
        #expect(sink.lines.count == AuditLog.waitingEnds + 1)
    }

    @Test func `a command whose line is not safe may not begin, and has its end`() async {
        let sink = MemorySink()
        let log = AuditLog(sink: sink, log: quiet)
        sink.failToSync(AuditError("no disk"))
        await #expect(throws: AuditError.self) { try await log.commit(.beginning()) }
        let records = sink.lines.compactMap { AuditRecord(line: Data($0.utf8)) }
        #expect(records.map(\.event) == [.command, .end])
        #expect(records.last?.outcome == .failed && records.last?.id == records.first?.id)
    }

    @Test func `what the disk said once counts for every line that was written until then`() async throws {
        let sink = FaultySink()
        let log = AuditLog(sink: sink, log: quiet, patience: 3_600)
        let first = Task { try await log.commit(.beginning()) }
        try await sink.waitForSync()
        // Two more are written while the first is waited for.
        let others = (0..<2).map { _ in Task { try await log.commit(.beginning()) } }
        while sink.written < 3 { try await Task.sleep(for: .milliseconds(1)) }
        sink.letGo()
        try await first.value
        for other in others { await #expect(throws: AuditError.self) { try await other.value } }
        try await log.commit(.beginning())
    }

    @Test(.timeLimit(.minutes(5))) func `a disk that hangs refuses commands, and takes them when it answers again`() async throws {
        let sink = FaultySink(failing: nil)
        let log = AuditLog(sink: sink, log: quiet, patience: 1)
        // The first hangs in the disk, the second behind it.
        for _ in 0..<2 { await #expect(throws: AuditError("The disk did not answer in 1 s.")) { try await log.commit(.beginning()) } }
        #expect(log.recent.map(\.outcome) == [.failed, nil, .failed, nil])
        sink.letGo()
        while (try? await log.commit(.beginning())) == nil {}
    }

    @Test func `a token and a user are noted durably`() {
        let sink = MemorySink()
        sink.failToSync(AuditError("no disk"))
        for event in [AuditRecord.Event.token, .user] {
            #expect(throws: AuditError.self) { try AuditLog(sink: sink, log: quiet).write(AuditRecord(event)) }
        }
    }

    @Test func `a line that standard error took in part is ended before the next`() throws {
        var ends: [CInt] = [0, 0]
        let made = unsafe pipe(&ends)
        #expect(made == 0)
        defer { for end in ends { close(end) } }
        // Room for a part of a line.
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        while OpenFile(descriptor: dup(ends[1])).write([UInt8](repeating: 32, count: 4_096)) > 0 {}
        var page = [UInt8](repeating: 0, count: 4_096)
        _ = unsafe read(ends[0], &page, page.count)
        let log = AuditLog(sink: StandardErrorSink(descriptor: ends[1]), log: quiet)
        var record = AuditRecord(.denial)
        record.parameters = (0..<100).map { ("p\($0)", String(repeating: "v", count: 100)) }
        #expect(throws: AuditError.self) { try log.write(record) }
        let reader = OpenFile(descriptor: dup(ends[0]))
        let torn = try reader.readPipe()
        #expect(torn.contains(UInt8(ascii: "{")) && torn.last != UInt8(ascii: "\n"))
        try log.write(AuditRecord(.login))
        let rest = try reader.readPipe()
        #expect(rest.first == UInt8(ascii: "\n") && AuditRecord(line: Data(rest.dropFirst().dropLast()))?.event == .login)
    }

    @Test func `no more records are kept than the bound, the newest first`() throws {
        let log = AuditLog(sink: MemorySink())
        for number in 0..<AuditLog.keptRecords * 3 { log.note(AuditRecord(.denial, reason: "\(number)")) }
        #expect(log.recent.count == AuditLog.keptRecords)
        #expect(log.recent.first?.reason == "\(AuditLog.keptRecords * 3 - 1)")
    }

    @Test func `standard error takes whole lines, and fails where nobody reads it`() throws {
        var ends: [CInt] = [0, 0]
        let made = unsafe pipe(&ends)
        #expect(made == 0)
        let log = AuditLog(sink: StandardErrorSink(descriptor: ends[1]), log: quiet)
        close(ends[1])
        try log.write(AuditRecord(.login))
        let read = try OpenFile(descriptor: dup(ends[0])).readPipe()
        #expect(AuditRecord(line: Data(read.dropLast()))?.event == .login)
        close(ends[0])
        #expect(throws: AuditError.self) { try log.write(AuditRecord(.login)) }
        let closed = AuditLog(sink: StandardErrorSink(descriptor: -1), log: quiet)
        #expect(throws: AuditError.self) { try closed.write(AuditRecord(.login)) }
    }

    @Test func `the journal gets a datagram a line, and where it is gone it fails until it is there again`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "j-\(UUID().uuidString.prefix(8))").path
        let log = AuditLog(journal: path, log: quiet)
        #expect(throws: AuditError.self) { try log.write(AuditRecord(.login)) }
        let socket = try #require(JournalSocket(path: path))
        defer { unsafe unlink(path) }
        var record = AuditRecord(.denial, reason: "two\nlines")
        record.parameters = [("x", String(repeating: "y", count: 60_000))]
        try log.write(record)
        let lines = socket.receive().split(separator: "\n").map(String.init)
        #expect(lines.prefix(2) == ["SYSLOG_IDENTIFIER=handlervirt-audit", "PRIORITY=5"])
        #expect(lines.count == 3)
        let message = try #require(lines.last)
        #expect(message.hasPrefix("MESSAGE={"))
        #expect(AuditRecord(line: Data(message.utf8.dropFirst(8)))?.reason == "two\nlines")
    }
}

extension OpenFile {
    fileprivate func readPipe() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return Array(bytes.prefix(max(0, count)))
    }
}
