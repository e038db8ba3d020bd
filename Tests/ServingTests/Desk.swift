// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses

@testable import Serving

/// Says little.
struct Desk: FrontDesk {
    func answer(to refusal: Refusal, accept: String?) -> PreparedAnswer {
        PreparedAnswer(status: refusal.status, headers: [("X-Reason", refusal.rawValue)], body: Array("no".utf8))
    }

    func client(of connection: IPAddress?, forwardedFor: [String]) -> IPAddress? { connection }
    func isWatched(_ target: String) -> Bool { target == "/health" }
}
