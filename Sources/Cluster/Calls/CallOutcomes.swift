// SPDX-License-Identifier: GPL-2.0-or-later
import Metrics

/// Counts how calls of one kind to one host ended.
struct CallOutcomes: Sendable {
    private let succeeded: Counter
    private let failed: Counter
    private let unreachable: Counter
    private let expired: Counter
    private let deadlines: Counter

    init(host: String, kind: String) {
        func counter(_ outcome: String) -> Counter {
            Counter(label: "handlervirt_host_calls_total", dimensions: [("host", host), ("kind", kind), ("outcome", outcome)])
        }
        succeeded = counter("ok")
        failed = counter("failed")
        unreachable = counter("unreachable")
        expired = counter("unknown")
        deadlines = Counter(label: "handlervirt_host_deadlines_total", dimensions: [("host", host)])
    }

    func count(_ result: Result<Void, any Error>) {
        switch result {
        case .success: succeeded.increment()
        case .failure(let error):
            switch error {
            case CallError.unanswered:
                expired.increment()
                deadlines.increment()
            case CallError.broken: expired.increment()
            case CallError.notStarted:
                unreachable.increment()
                deadlines.increment()
            case is ConnectError: unreachable.increment()
            default: failed.increment()
            }
        }
    }
}
