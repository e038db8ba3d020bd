// SPDX-License-Identifier: GPL-2.0-or-later
public import CoreMetrics
import Synchronization

/// Keeps what is counted and measured, and writes it in Prometheus' text format 0.0.4.
///
/// A label that Prometheus cannot hold is written with `_` for what does not fit. One name is of one kind: what asks for it as another,
/// and what comes after the last series that there is room for, is counted in nothing but `handlervirt_metrics_refused_total`.
public final class Registry: MetricsFactory {
    /// What the metrics are about, by their names.
    private let help: [String: String]
    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        var families: [String: Family] = [:]
        var size = 0
        var refused = 0
    }

    private struct Family {
        let kind: SeriesKind
        /// By their labels, as they are written.
        var series: [String: any Series] = [:]
    }

    /// - Parameters:
    ///   - help: what the metrics are about, by their names.
    ///   - limit: of series; a histogram counts as one.
    public init(help: [String: String] = [:], limit: Int = 4_096) {
        self.help = help
        self.limit = limit
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, .counter) { WholeCounter() }
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        series(label, dimensions, .counter) { Sum() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { series(label, dimensions, .gauge) { Gauge() } }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return series(label, dimensions, .histogram) { Histogram() } }
        return series(label, dimensions, .gauge) { Gauge() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { series(label, dimensions, .histogram) { Histogram() } }

    public func destroyCounter(_ handler: any CounterHandler) { destroy(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { destroy(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { destroy(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { destroy(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { destroy(handler) }

    /// Everything, sorted by name and labels.
    /// - Parameter others: samples that are read now and kept nowhere.
    public func exposition(with others: [Sample] = []) -> [UInt8] {
        let (families, refused) = state.withLock { ($0.families, $0.refused) }
        var text = Exposition(help: help)
        for (name, family) in families { text.add(name, family.kind, family.series.map { ($0.key, $0.value.reading) }) }
        text.add("handlervirt_metrics_refused_total", .counter, [("", .value(Double(refused)))])
        for sample in others { text.add(sample.name, sample.kind, [("", .value(sample.value))]) }
        return text.bytes
    }

    /// The series of that name and those labels, which is made where there is none.
    private func series<Kind: Series>(_ label: String, _ dimensions: [(String, String)], _ kind: SeriesKind, _ make: () -> Kind) -> Kind {
        let name = Exposition.name(label)
        let labels = Exposition.labels(dimensions)
        return state.withLock { state in
            var family = state.families[name] ?? Family(kind: kind)
            if family.kind == kind {
                if let known = family.series[labels] as? Kind { return known }
                if family.series[labels] == nil, state.size < limit {
                    let new = make()
                    family.series[labels] = new
                    state.families[name] = family
                    state.size += 1
                    return new
                }
            }
            state.refused += 1
            return make()
        }
    }

    private func destroy(_ handler: AnyObject) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.series[labels] = nil
                state.size -= 1
                if family.series.count == 1 { state.families[name] = nil }
                return
            }
        }
    }
}
