// SPDX-License-Identifier: GPL-2.0-or-later
import Avahi
import Synchronization
import Testing

/// On a real avahi-daemon of the tests' own.
@Suite(.serialized, .enabled(if: Daemon.directory != nil, "HANDLERVIRT_TEST_AVAHI is not set"), .timeLimit(.minutes(5)))
struct DaemonTests {
    private static let type = "_domu._tcp"

    private func publication(_ id: String, name: String? = nil, port: UInt16 = 0, text: [String] = ["txtvers=1"], preferred: Bool = false)
        -> Publication
    {
        Publication(id: id, name: name ?? id, type: Self.type, port: port, text: text.map { Array($0.utf8) }, isPreferred: preferred)
    }

    @Test func `a service is found as it was published, changed and withdrawn`() async throws {
        let publisher = try Publisher()
        let browser = try Browser(types: [Self.type])
        let found = Found(browser)
        let text = ["txtvers=1", "uuid=1", "name=Kärnten <&>"].map { Array($0.utf8) } + [[0, 0xff, 0x3d, 10]]
        let one = Publication(id: "1", name: "Kärnten .\\ <&>", type: Self.type, port: 0, text: text)
        publisher.announce([one, publication("2", port: 16_514)])
        #expect(try await Daemon.until { found.names == ["Kärnten .\\ <&>", "2"] })
        let service = try #require(found.first("Kärnten .\\ <&>"))
        #expect(service.port == 0)
        #expect(service.text == text)
        #expect(service.hostName == "alone.local")
        #expect(found.first("2")?.port == 16_514)
        #expect(try await Daemon.until { publisher.counts.established == 2 })
        publisher.announce([publication("2", port: 16_514, text: ["owner=alice"]), publication("3")])
        #expect(
            try await Daemon.until {
                found.names == ["2", "3"] && found.services.filter { $0.key.name == "2" }.allSatisfy { $0.text == [Array("owner=alice".utf8)] }
            })
        publisher.stop()
        #expect(try await Daemon.until { found.names.isEmpty })
        browser.stop()
        await found.end()
    }

    @Test func `equal names get alternatives`() async throws {
        let publisher = try Publisher()
        defer { publisher.stop() }
        let other = try Publisher()
        defer { other.stop() }
        // To Avahi, equal records are no collision.
        other.announce([publication("x", name: "web #2", text: ["uuid=x"])])
        #expect(try await Daemon.until { other.counts.established == 1 })
        publisher.announce(["web", "WEB", "web"].enumerated().map { publication("\($0)", name: $1, text: ["uuid=\($0)"]) })
        #expect(try await Daemon.until { publisher.counts.established == 3 })
        let browser = try Browser(types: [Self.type])
        defer { browser.stop() }
        let found = Found(browser)
        #expect(try await Daemon.until { found.names.count == 4 }, "\(found.names)")
    }

    @Test func `what the daemon refuses is said once and harms no other`() async throws {
        let said = Mutex<[Publisher.Report]>([])
        let publisher = try Publisher { report in said.withLock { $0.append(report) } }
        defer { publisher.stop() }
        let bad = Publication(id: "bad", name: "bad", type: "no type", port: 1, text: [])
        publisher.announce([bad, publication("good")])
        #expect(try await Daemon.until { publisher.counts.established == 1 && publisher.counts.refused == 1 })
        publisher.announce([bad, publication("good"), publication("better")])
        #expect(try await Daemon.until { publisher.counts.established == 2 })
        #expect(said.withLock { $0.count { if case .refused = $0 { true } else { false } } } == 1)
    }

    @Test func `beyond the daemon's limit the rest is announced, said once, and the preferred one is there`() async throws {
        let said = Mutex<[Publisher.Report]>([])
        let publisher = try Publisher { report in said.withLock { $0.append(report) } }
        defer { publisher.stop() }
        let all = (0..<1_100).map { publication("vm\($0)") }
        publisher.announce(all)
        #expect(try await Daemon.until(60) { publisher.counts.announced == 1_024 && said.withLock { !$0.isEmpty } })
        publisher.announce(all + [publication("host", preferred: true)])
        #expect(try await Daemon.until { publisher.counts.wanted == 1_101 && publisher.counts.announced == 1_024 })
        let browser = try Browser(types: [Self.type])
        let found = Found(browser)
        #expect(try await Daemon.until(60) { found.names.count == 1_024 && found.names.contains("host") }, "\(found.names.count)")
        browser.stop()
        // Room is used.
        publisher.announce(Array(all[..<1_000]))
        #expect(try await Daemon.until(60) { publisher.counts.announced == 1_000 })
        #expect(said.withLock { $0.count { if case .full = $0 { true } else { false } } } == 1)
    }

    @Test func `a browser keeps no more than its limit, and takes others when there is room`() async throws {
        let publisher = try Publisher()
        defer { publisher.stop() }
        publisher.announce((0..<40).map { publication("vm\($0)", text: [String(repeating: "x", count: 200), String(repeating: "y", count: 200)]) })
        #expect(try await Daemon.until(30) { publisher.counts.established == 40 })
        let browser = try Browser(types: [Self.type], limits: .init(services: 8, text: 256))
        let found = Found(browser)
        #expect(try await Daemon.until { found.services.count == 8 && browser.counts.leftOut > 0 })
        #expect(found.services.allSatisfy { $0.text.count == 1 && !$0.isTextWhole })
        publisher.announce([publication("late")])
        #expect(try await Daemon.until(20) { found.names == ["late"] }, "\(found.names)")
        browser.stop()
    }

    @Test func `a restarted daemon is told all again within five seconds`() async throws {
        let publisher = try Publisher()
        defer { publisher.stop() }
        let browser = try Browser(types: [Self.type])
        defer { browser.stop() }
        let found = Found(browser)
        publisher.announce((0..<50).map { publication("vm\($0)") })
        #expect(try await Daemon.until { found.names.count == 50 })
        var times: [Duration] = []
        for (stop, start) in [("stop", "start"), ("stop-bus", "start-bus"), ("stop", "start")] {
            let resets = found.resets
            try Daemon.control(stop)
            #expect(try await Daemon.until { found.resets == resets + 1 && !publisher.counts.isConnected })
            try Daemon.control(start)
            let clock = ContinuousClock.now
            #expect(try await Daemon.until { found.names.count == 50 && publisher.counts.established == 50 })
            times.append(ContinuousClock.now - clock)
        }
        // The machine itself may stop for a moment during one of them.
        #expect(times.sorted()[1] < .seconds(5), "\(times)")
    }

    @Test func `ten thousand services that come and go leave nothing`() async throws {
        let publisher = try Publisher()
        defer { publisher.stop() }
        let browser = try Browser(types: [Self.type])
        defer { browser.stop() }
        let found = Found(browser)
        func cycle(_ count: Int) async throws {
            for round in 0..<(count / 100) {
                publisher.announce((0..<100).map { publication("\(round) \($0)", text: ["round=\(round)"]) })
                #expect(try await Daemon.until { publisher.counts.announced == 100 })
                publisher.announce([])
                #expect(try await Daemon.until { publisher.counts.announced == 0 })
            }
            #expect(try await Daemon.until { found.names.isEmpty })
        }
        try await cycle(2_000)
        let before = try Daemon.memory()
        try await cycle(10_000)
        let after = try Daemon.memory()
        print("anonymous memory before 10,000 cycles \(before) KiB, after \(after) KiB")
        // AddressSanitizer keeps what was freed for a while, but finds at the end what was not.
        #expect(after - before < 2_048 || Daemon.isSanitized)
    }
}
