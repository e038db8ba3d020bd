// SPDX-License-Identifier: GPL-2.0-or-later
import HTTPTypes
import Monitoring
import Testing

@testable import Web

@Suite struct RequestMetricsTests {
    @Test func `requests are counted by method and status, and a method that nobody knows is other`() {
        let registry = Registry()
        let metrics = RequestMetrics(factory: registry)
        for method in ["GET", "GET", "POST", "BREW", "get", "X-\"\n"] {
            metrics.record(.init(method) ?? .init("BREW")!, status: method == "GET" ? .ok : .methodNotAllowed, duration: .milliseconds(3))
        }
        let text = String(decoding: registry.exposition(), as: UTF8.self)
        #expect(text.contains(#"handlervirt_requests_total{method="GET",status="200"} 2"#))
        #expect(text.contains(#"handlervirt_requests_total{method="POST",status="405"} 1"#))
        #expect(text.contains(#"handlervirt_requests_total{method="other",status="405"} 3"#))
        #expect(text.contains(#"handlervirt_request_duration_seconds_bucket{method="GET",le="0.005"} 2"#))
        #expect(text.contains(#"handlervirt_request_duration_seconds_count{method="other"} 3"#))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("handlervirt_requests_total") }.count == 3)
    }
}
