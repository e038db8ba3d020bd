// SPDX-License-Identifier: GPL-2.0-or-later

/// Why a request or a connection is not served. It is an error where a body breaks off by it.
public enum Refusal: String, CaseIterable, Error, Sendable {
    /// What came is no HTTP, or could be read in two ways.
    case malformed
    /// The first line is too long.
    case line
    /// The headers are too many or too long.
    case headers
    /// The head did not arrive in time.
    case headTime = "head-time"
    /// The request did not arrive in time.
    case requestTime = "request-time"
    /// Something else than 100-continue is expected.
    case expectation
    /// There are as many connections as there may be.
    case connections
    /// There are as many of them from that address.
    case connectionsPerAddress = "connections-per-address"
    /// As many requests are being answered as may be.
    case requests
    /// As many of them are the caller's.
    case requestsPerCaller = "requests-per-caller"

    /// Of the answer.
    public var status: Int {
        switch self {
        case .malformed: 400
        case .headTime, .requestTime: 408
        case .line: 414
        case .expectation: 417
        case .headers: 431
        case .connections, .connectionsPerAddress, .requests, .requestsPerCaller: 503
        }
    }

    /// Seconds after which it is worth another try.
    public var retryAfter: Int? { status == 503 ? 1 : nil }
}
