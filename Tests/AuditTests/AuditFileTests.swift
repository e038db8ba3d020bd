// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Glibc
import Logging
import Testing

@testable import Audit

@Suite(.timeLimit(.minutes(1))) final class AuditFileTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)").path
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    deinit { for path in [path, path + ".1"] { try? FileManager.default.removeItem(atPath: path) } }

    private func open() throws -> AuditLog { try AuditLog(file: path, log: quiet) }
    private func put(_ text: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

    private func text(_ path: String? = nil) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path ?? self.path)), as: UTF8.self)
    }
    private func records(_ path: String? = nil) throws -> [AuditRecord] {
        try text(path).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
            try #require(AuditRecord(line: Data($0.utf8)), "\($0)")
        }
    }

    @Test func `the file is for nobody else, and lines are appended`() throws {
        try open().write(AuditRecord(.login))
        try open().write(AuditRecord(.logout))
        #expect(try records().map(\.event) == [.login, .logout])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a second server is refused while the first is there`() throws {
        let first = try open()
        let error = #expect(throws: AuditError.self) { try open() }
        #expect(error?.message.contains("another server") == true)
        try first.write(AuditRecord(.login))
    }

    @Test func `a line can be appended beside a server, and after one that was killed`() throws {
        let server = try open()
        try server.write(AuditRecord(.login))
        try AuditLog(appendingTo: path).write(AuditRecord(.token))
        try server.write(AuditRecord(.logout))
        #expect(try records().map(\.event) == [.login, .token, .logout])
    }

    @Test func `who appends after a server was killed cuts off the unfinished line`() throws {
        try put(String(decoding: AuditRecord(.login).line, as: UTF8.self) + #"{"time":"20"#)
        try AuditLog(appendingTo: path).write(AuditRecord(.token))
        #expect(try records().map(\.event) == [.login, .token])
    }

    @Test(arguments: [1, 2, 50, 120]) func `an unfinished line is cut off`(count: Int) throws {
        let whole = AuditRecord(.login).line
        let torn = AuditRecord(.command, reason: String(repeating: "r", count: 300)).line.prefix(count)
        try put(String(decoding: whole + torn, as: UTF8.self))
        let log = try open()
        try log.write(AuditRecord(.logout))
        #expect(try records().map(\.event) == [.login, .logout])
        #expect(log.recent.map(\.event) == [.logout, .login])
    }

    @Test func `a file of nothing but an unfinished line is emptied`() throws {
        try put(#"{"time""#)
        _ = try open()
        #expect(try text().isEmpty)
    }

    @Test(arguments: [
        "root:x:0:0", "a\nroot:x:0:0", "root:x:0:0\n", "{}\n", "\n", "a\n{\"time\":\"20", #"{"name": "value"}"#, #"{"times": 3}"#,
        String(repeating: "{", count: 20_000),
    ])
    func `what is no audit is not touched`(text: String) throws {
        try put(text)
        #expect(throws: AuditError.self) { try open() }
        #expect(try self.text() == text)
    }

    @Test(arguments: ["/dev/null", "/", "/nonesuch/audit"]) func `what is no file is refused`(path: String) {
        #expect(throws: AuditError.self) { try AuditLog(file: path, log: quiet) }
    }

    @Test func `what had no end gets one that is unknown, once`() throws {
        var done = AuditRecord.beginning()
        done.requester = Requester(request: "r1", caller: "anna")
        var open = AuditRecord.beginning()
        open.requester = Requester(request: "r1", caller: "anna")
        open.command = "virDomainCreate"
        open.uuid = "u"
        let owner = AuditRecord.beginning(.owner)
        let lines = [done.line, open.line, done.ending(.ok).line, AuditRecord(.denial).line, owner.line].flatMap(\.self)
        try put(String(decoding: lines, as: UTF8.self))
        for _ in 0..<2 {
            _ = try self.open()
            let records = try records()
            #expect(records.count == 7)
            let ends = records.suffix(2)
            #expect(ends.map(\.id) == [open.id, owner.id])
            #expect(ends.allSatisfy { $0.event == .end && $0.outcome == .unknown && $0.reason == "the server ended before it was known" })
            #expect(ends.first?.requester == open.requester && ends.first?.command == "virDomainCreate" && ends.first?.uuid == "u")
        }
    }

    @Test func `only the end of a large file is looked at`() throws {
        let filler = AuditRecord(.denial, reason: String(repeating: "f", count: 900)).line
        let count = AuditTail.size / filler.count + 10
        let bytes = AuditRecord.beginning().line + Array(repeating: filler, count: count).flatMap(\.self) + AuditRecord.beginning().line
        try Data(bytes).write(to: URL(filePath: path))
        let log = try open()
        #expect(log.recent.count == AuditLog.keptRecords)
        #expect(log.recent.count { $0.event == .end } == 1)
    }

    @Test func `after a rotation it goes on in a new file`() throws {
        let log = try open()
        try log.write(AuditRecord(.login))
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try log.write(AuditRecord(.logout))
        log.reopen()
        try log.write(AuditRecord(.token))
        log.reopen()
        try log.write(AuditRecord(.host))
        #expect(try records(path + ".1").map(\.event) == [.login, .logout])
        #expect(try records().map(\.event) == [.token, .host])
    }

    @Test func `what has not ended stands in each new file, so that a kill is mended there`() throws {
        let ended = AuditRecord.beginning(), open = AuditRecord.beginning()
        do {
            let log = try self.open()
            for record in [ended, open, ended.ending(.ok)] { try log.write(record) }
            for number in 1...2 {
                try FileManager.default.moveItem(atPath: path, toPath: "\(path).\(number)")
                log.reopen()
            }
            #expect(try records().map(\.id) == [open.id])
            try FileManager.default.removeItem(atPath: path)
            try log.write(AuditRecord(.login))
            #expect(try records().map(\.event) == [.login, .command])
        }
        _ = try self.open()
        #expect(try records().map(\.event) == [.login, .command, .end])
        #expect(try records().last.map { $0.id == open.id && $0.outcome == .unknown } == true)
    }

    @Test func `a file that was deleted is made anew with the next line`() throws {
        let log = try open()
        try log.write(AuditRecord(.login))
        try FileManager.default.removeItem(atPath: path)
        try log.write(AuditRecord(.logout))
        #expect(try records().map(\.event) == [.logout])
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(throws: AuditError.self) { try log.write(AuditRecord(.token)) }
        try FileManager.default.removeItem(atPath: path)
        try log.write(AuditRecord(.host))
        #expect(try records().map(\.event) == [.host])
    }

    @Test func `a file that was renamed is left when its time is over, also without a signal`() throws {
        let log = AuditLog(sink: try AuditFile(path: path, patience: .zero), log: quiet)
        try log.write(AuditRecord(.login))
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try log.write(AuditRecord.beginning())
        #expect(try records(path + ".1").map(\.event) == [.login])
        #expect(try records().map(\.event) == [.command])
        // Another's file is not written to: the renamed one goes on.
        try FileManager.default.removeItem(atPath: path + ".1")
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try put("root:x:0:0\n")
        try log.write(AuditRecord(.logout))
        #expect(try text() == "root:x:0:0\n")
        #expect(try records(path + ".1").map(\.event) == [.command, .logout])
    }

    @Test func `what is no audit is not touched by a rotation either`() throws {
        let log = try open()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try put("root:x:0:0\n")
        log.reopen()
        try log.write(AuditRecord(.login))
        #expect(try text() == "root:x:0:0\n")
        #expect(try records(path + ".1").map(\.event) == [.login])
    }

    @Test func `a file that everybody may read is warned of`() throws {
        _ = try open()
        let file = try AuditFile(path: path)
        #expect(file.warning == nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(file.warning?.contains(path) == true)
    }

    @Test func `where the new file cannot be opened the old one goes on`() throws {
        let log = try open()
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        log.reopen()
        try log.write(AuditRecord(.login))
        #expect(try records(path + ".1").map(\.event) == [.login])
    }

    @Test func `many who write at once write whole lines, each safe when it is said so`() async throws {
        let log = AuditLog(sink: try AuditFile(path: path), log: quiet, patience: 3_600)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let record = AuditRecord.beginning()
                    try await log.commit(record)
                    try await log.commit(record.ending(.ok))
                }
            }
            try await group.waitForAll()
        }
        let records = try records()
        #expect(records.count == 400)
        #expect(Set(records.filter { $0.event == .command }.map(\.id)) == Set(records.filter { $0.event == .end }.map(\.id)))
    }
}
