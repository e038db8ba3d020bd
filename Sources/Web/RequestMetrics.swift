// SPDX-License-Identifier: GPL-2.0-or-later
import CoreMetrics
import HTTPTypes

/// Counts requests and measures how long they took.
struct RequestMetrics: Sendable {
    /// Methods are whatever a client writes, so others than these are one.
    private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]

    let factory: any MetricsFactory

    func record(_ method: HTTPRequest.Method, status: HTTPResponse.Status, duration: Duration) {
        let method = Self.methods.contains(method.rawValue) ? method.rawValue : "other"
        Counter(label: "handlervirt_requests_total", dimensions: [("method", method), ("status", "\(status.code)")], factory: factory).increment()
        Timer(label: "handlervirt_request_duration_seconds", dimensions: [("method", method)], factory: factory)
            .recordNanoseconds(Int64(duration / .nanoseconds(1)))
    }
}
