// SPDX-License-Identifier: GPL-2.0-or-later
import Testing

@testable import Serving

@Suite struct RefusalTests {
    @Test func `what is worth another try says when`() {
        for refusal in Refusal.allCases {
            #expect((refusal.retryAfter != nil) == (refusal.status == 503), "\(refusal)")
        }
    }
}
