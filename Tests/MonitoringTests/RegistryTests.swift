// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Testing

@testable import Monitoring

@Suite struct RegistryTests {
    private let registry = Registry(help: ["a_total": "Counts \\ a.\nTwo lines.", "m": "A gauge."], limit: 6)

    private func text() -> String { String(decoding: registry.exposition(), as: UTF8.self) }
    private func lines() -> [String] { text().split(separator: "\n").map(String.init).filter { !$0.contains("refused") } }

    @Test func `everything is written in the same order, whatever came first`() {
        Recorder(label: "m", aggregate: false, factory: registry).record(1.5)
        Counter(label: "a_total", dimensions: [("z", "2"), ("b", "x")], factory: registry).increment(by: 2)
        Counter(label: "a_total", dimensions: [("b", "w"), ("z", "1")], factory: registry).increment()
        #expect(
            lines() == [
                "# HELP a_total Counts \\\\ a.\\nTwo lines.", "# TYPE a_total counter", #"a_total{b="w",z="1"} 1"#, #"a_total{b="x",z="2"} 2"#,
                "# HELP m A gauge.", "# TYPE m gauge", "m 1.5",
            ])
    }

    @Test func `a value is escaped, and a name is made fit`() {
        Counter(label: "1 bad-name", dimensions: [("la bel", "a\"b\\c\nd\u{E9}")], factory: registry).increment()
        #expect(lines() == ["# TYPE _1_bad_name counter", #"_1_bad_name{la_bel="a\"b\\c\nd"# + "\u{E9}\"} 1"])
    }

    @Test func `a timer is a histogram in seconds`() {
        let timer = Timer(label: "t", dimensions: [("method", "GET")], factory: registry)
        for nanoseconds in [1_000_000, 1_000_001, 300_000_000, 90_000_000_000] { timer.recordNanoseconds(nanoseconds) }
        let lines = lines()
        #expect(lines.first == "# TYPE t histogram")
        #expect(lines.contains(#"t_bucket{method="GET",le="0.001"} 1"#))
        #expect(lines.contains(#"t_bucket{method="GET",le="0.0025"} 2"#))
        #expect(lines.contains(#"t_bucket{method="GET",le="0.25"} 2"#))
        #expect(lines.contains(#"t_bucket{method="GET",le="0.5"} 3"#))
        #expect(lines.contains(#"t_bucket{method="GET",le="60"} 3"#))
        #expect(lines.contains(#"t_bucket{method="GET",le="+Inf"} 4"#))
        #expect(lines.contains(#"t_count{method="GET"} 4"#))
        #expect(lines.contains { $0.hasPrefix(#"t_sum{method="GET"} 90.302"#) })
    }

    @Test func `the same name and labels are the same series, in whatever order the labels stand`() {
        Counter(label: "a_total", dimensions: [("a", "1"), ("b", "2")], factory: registry).increment()
        Counter(label: "a_total", dimensions: [("b", "2"), ("a", "1")], factory: registry).increment()
        #expect(lines().last == #"a_total{a="1",b="2"} 2"#)
    }

    @Test func `a counter never goes down`() {
        let counter = FloatingPointCounter(label: "f_total", factory: registry)
        counter.increment(by: 0.5)
        counter.increment(by: -3)
        counter.increment(by: Double.nan)
        Counter(label: "a_total", factory: registry).increment(by: -1)
        #expect(lines().contains("f_total 0.5") && lines().contains("a_total 0"))
    }

    @Test func `a gauge takes any number`() {
        let meter = Meter(label: "m", factory: registry)
        for (value, text) in [(Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-2, "-2"), (1e300, "1e+300"), (0.1, "0.1")] {
            meter.set(value)
            #expect(lines().last == "m \(text)")
        }
        meter.set(3)
        meter.decrement(by: 5)
        #expect(lines().last == "m -2")
    }

    @Test func `there are never more series than the limit, and what is refused is counted`() {
        for number in 0..<100 { Counter(label: "a_total", dimensions: [("n", "\(number)")], factory: registry).increment() }
        Recorder(label: "a_total", dimensions: [("n", "0")], aggregate: false, factory: registry).record(7)
        #expect(lines().filter { !$0.hasPrefix("#") }.count == 6)
        #expect(text().contains("handlervirt_metrics_refused_total 95\n"))
        #expect(lines().contains(#"a_total{n="0"} 1"#))
    }

    @Test func `a series that is destroyed makes room`() {
        let counters = (0..<6).map { Counter(label: "a_total", dimensions: [("n", "\($0)")], factory: registry) }
        counters[0].destroy()
        Meter(label: "m", factory: registry).set(1)
        #expect(lines().contains("m 1") && !lines().contains(#"a_total{n="0"} 0"#))
    }

    @Test func `nothing is lost that many count at the same time`() async {
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
                group.addTask { [registry] in
                    for number in 0..<1_000 {
                        Counter(label: "a_total", dimensions: [("n", "\(number % 2)")], factory: registry).increment()
                        Timer(label: "t", factory: registry).recordNanoseconds(Int64(task))
                        Meter(label: "m", factory: registry).increment()
                    }
                }
            }
        }
        let lines = lines()
        #expect(lines.contains(#"a_total{n="0"} 4000"#) && lines.contains(#"a_total{n="1"} 4000"#))
        #expect(lines.contains("t_count 8000") && lines.contains("m 8000"))
    }

    @Test func `the process is measured`() throws {
        let samples = Dictionary(uniqueKeysWithValues: ProcessSamples.read().map { ($0.name, $0.value) })
        #expect(try #require(samples["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(samples["process_open_fds"]) >= 3)
        #expect(try #require(samples["process_threads"]) >= 1)
        #expect(try #require(samples["process_cpu_seconds_total"]) >= 0)
        #expect(try #require(samples["process_start_time_seconds"]) > 1_600_000_000)
        #expect(
            String(decoding: registry.exposition(with: ProcessSamples.read()), as: UTF8.self).contains("# TYPE process_cpu_seconds_total counter\n"))
    }
}
