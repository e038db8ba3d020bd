// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Synchronization
import Testing

/// Without a D-Bus.
@Suite(.disabled(if: Daemon.directory != nil, "there is a D-Bus"), .timeLimit(.minutes(4))) struct AbsenceTests {
    init() { _ = Daemon.isApart }

    @Test func `without a D-Bus a publisher waits, says so once, and stops at once`() async throws {
        let said = Mutex<[Publisher.Report]>([])
        let publisher = try Publisher { report in said.withLock { $0.append(report) } }
        publisher.announce([Publication(id: "1", name: "web", type: "_http._tcp", port: 80, text: [])])
        #expect(try await Daemon.until { publisher.counts.wanted == 1 && said.withLock { !$0.isEmpty } })
        try await Task.sleep(for: .seconds(1))
        #expect(said.withLock { $0.count } == 1)
        #expect(!publisher.counts.isConnected)
        publisher.stop()
        publisher.stop()
    }

    @Test func `without a D-Bus a browser waits, and its events end with it`() async throws {
        let browser = try Browser(types: ["_http._tcp"])
        let found = Found(browser)
        #expect(try await Daemon.until { !browser.counts.isConnected })
        browser.stop()
        await found.end()
        #expect(found.services.isEmpty)
        #expect(found.resets == 0)
    }

    @Test func `a publisher that nobody keeps ends its thread`() throws {
        for _ in 0..<50 { _ = try Publisher() }
    }
}
