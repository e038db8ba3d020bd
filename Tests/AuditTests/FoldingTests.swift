// SPDX-License-Identifier: GPL-2.0-or-later
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Audit

/// What strangers are refused neither fills the audit nor pushes anything out of what is shown.
@Suite struct FoldingTests {
    private final class Clock: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }
        func pass(_ seconds: Int) { time.withLock { $0 += .seconds(seconds) } }
    }

    private let sink = MemorySink()
    private let clock = Clock()
    private let log: AuditLog

    init() {
        log = AuditLog(sink: sink, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) { [clock] in clock.now }
    }

    private var records: [AuditRecord] { sink.lines.compactMap { AuditRecord(line: Data($0.utf8)) } }

    private func refuse(_ event: AuditRecord.Event = .host, from address: String?, as caller: String? = nil, times: Int = 1) {
        for _ in 0..<times { log.note(AuditRecord(event, decision: .denied, requester: Requester(caller: caller, address: address))) }
    }

    @Test func `ten of a kind from one address are lines, and the rest a number when the minute is over`() {
        refuse(from: "192.0.2.1", times: 25)
        #expect(records.count == 10 && records.allSatisfy { $0.count == nil })
        clock.pass(59)
        refuse(from: "192.0.2.1")
        #expect(records.count == 10)
        clock.pass(1)
        refuse(.login, from: "192.0.2.9")
        #expect(records.map(\.event).suffix(2) == [.host, .login])
        #expect(records[10].count == 16 && records[10].requester.address == "192.0.2.1" && records[10].decision == .denied)
        refuse(from: "192.0.2.1", times: 11)
        #expect(records.count == 22)
        log.finish()
        #expect(records.count == 23 && records.last?.count == 1)
        log.finish()
        #expect(records.count == 23)
    }

    @Test func `kinds and addresses are told apart, and a subscriber of IPv6 is one`() {
        for (event, address) in [(.host, "192.0.2.1"), (.login, "192.0.2.1"), (.denial, "192.0.2.1"), (.host, "192.0.2.2"), (.host, nil)]
            as [(AuditRecord.Event, String?)]
        {
            refuse(event, from: address, times: 10)
        }
        #expect(records.count == 50)
        for number in 0..<20 { refuse(from: "2001:db8::\(number)") }
        #expect(records.count == 60)
    }

    @Test func `who is known is never a number`() {
        refuse(.denial, from: "192.0.2.1", as: "anna", times: 100)
        for _ in 0..<100 { log.note(AuditRecord(.login, decision: .allowed, requester: Requester(caller: "anna", address: "192.0.2.1"))) }
        #expect(records.count == 200)
    }

    @Test func `no more addresses are told apart than the bound`() {
        for number in 0..<Folding.bound + 100 { refuse(from: "10.0.\(number / 250).\(number % 250)") }
        #expect(records.count == Folding.bound + Folding.ownLines)
        log.finish()
        #expect(records.count == Folding.bound + Folding.ownLines + 1 && records.last?.count == 90)
    }

    @Test func `what strangers are refused pushes out nothing but its own`() throws {
        try log.write(AuditRecord(.token, decision: .allowed))
        for number in 0..<5_000 { refuse(from: "10.\(number / 40_000).\(number / 200).\(number % 200)") }
        let recent = log.recent
        #expect(recent.count == AuditLog.keptRefusals + 1 && recent.last?.event == .token)
        try log.write(AuditRecord(.logout))
        #expect(log.recent.first?.event == .logout)
    }
}
