// SPDX-License-Identifier: GPL-2.0-or-later
import Documents
import Serving
import Settings

extension Fault {
    init(_ refusal: Refusal, limits: Limits? = nil) {
        self.init(refusal.status, Self.message(refusal, limits), advice: Self.advice(refusal), retryAfter: refusal.retryAfter)
    }

    private static func message(_ refusal: Refusal, _ limits: Limits?) -> String {
        func limit(_ setting: KeyPath<Limits, Setting<Int>>, _ unit: String) -> String {
            limits.map { " (\($0[keyPath: setting].value) \(unit))" } ?? ""
        }
        switch refusal {
        case .malformed: return "What was sent is no HTTP request that can be read in one way only."
        case .line: return "The first line of the request is too long\(limit(\.line, "bytes"))."
        case .headers: return "The headers of the request are too many, or too long\(limit(\.headers, "bytes"))."
        case .headTime: return "The head of the request did not arrive in time\(limit(\.headTime, "seconds"))."
        case .requestTime: return "The request did not arrive in time\(limit(\.requestTime, "seconds")), so nothing was done."
        case .expectation: return "Nothing can be expected here but 100-continue."
        case .connections: return "There are too many connections to this server\(limit(\.connections, "at once"))."
        case .connectionsPerAddress: return "There are too many connections from your address\(limit(\.connectionsPerAddress, "at once"))."
        case .requests: return "The server is busy: too many requests are being answered\(limit(\.requests, "at once"))."
        case .requestsPerCaller: return "Too many of your requests are being answered\(limit(\.requestsPerCaller, "at once"))."
        }
    }

    private static func advice(_ refusal: Refusal) -> String? { refusal.retryAfter == nil ? nil : "Try again in a moment." }
}
