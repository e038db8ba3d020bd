// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics

/// What is counted between the socket and the responder.
struct ServingMetrics: Sendable {
    private let factory: any MetricsFactory
    private let open: Gauge

    init(factory: any MetricsFactory) {
        self.factory = factory
        open = Gauge(label: "handlervirt_connections_open", factory: factory)
        open.record(0)
        for refusal in Refusal.allCases { refused(refusal, by: 0) }
        handshakesFailed(by: 0)
        answersDropped(by: 0)
    }

    func connections(_ count: Int) { open.record(count) }

    func refused(_ refusal: Refusal, by count: Int = 1) {
        let isConnection = refusal == .connections || refusal == .connectionsPerAddress
        Counter(
            label: isConnection ? "handlervirt_connections_refused_total" : "handlervirt_requests_refused_total",
            dimensions: [("reason", refusal.rawValue)], factory: factory
        ).increment(by: count)
    }

    func handshakesFailed(by count: Int = 1) { Counter(label: "handlervirt_tls_handshakes_failed_total", factory: factory).increment(by: count) }

    func answersDropped(by count: Int = 1) { Counter(label: "handlervirt_answers_dropped_total", factory: factory).increment(by: count) }

    func certificateExpires(in seconds: Double) { Gauge(label: "handlervirt_tls_certificate_expiry_seconds", factory: factory).record(seconds) }
}
