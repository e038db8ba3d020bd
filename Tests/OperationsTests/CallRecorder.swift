// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import Synchronization

/// Counts every call to libvirt that a request makes, by being what such calls are counted with.
final class CallRecorder: MetricsFactory {
    /// The one of this process, from its first use on.
    static let shared: CallRecorder = {
        let recorder = CallRecorder()
        MetricsSystem.bootstrap(recorder)
        return recorder
    }()

    private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
        let host: String?
        let recorder: CallRecorder

        init(host: String?, recorder: CallRecorder) {
            self.host = host
            self.recorder = recorder
        }

        func increment(by amount: Int64) {
            if let host { recorder.counts.withLock { $0[host, default: 0] += Int(amount) } }
        }

        func reset() {}
        func increment(by amount: Double) {}
        func set(_ value: Int64) {}
        func set(_ value: Double) {}
        func decrement(by amount: Double) {}
        func record(_ value: Int64) {}
        func record(_ value: Double) {}
        func recordNanoseconds(_ duration: Int64) {}
    }

    private let counts = Mutex<[String: Int]>([:])

    /// How many calls were made to a host, with whatever end; without those by which its inventory is kept.
    func calls(to host: String) -> Int { counts.withLock { $0[host] ?? 0 } }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        let values = Dictionary(dimensions) { first, _ in first }
        let counts = label == "handlervirt_host_calls_total" && values["kind"] != "inventory"
        return Handler(host: counts ? values["host"] : nil, recorder: self)
    }

    func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        Handler(host: nil, recorder: self)
    }
    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { Handler(host: nil, recorder: self) }
    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler { Handler(host: nil, recorder: self) }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { Handler(host: nil, recorder: self) }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}
