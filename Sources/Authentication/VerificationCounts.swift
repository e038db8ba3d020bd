// SPDX-License-Identifier: GPL-2.0-or-later

/// How verifications came about, each a number since the start.
struct VerificationCounts: Hashable, Sendable {
    /// A hash was computed.
    var computed = 0
    /// It had been accepted a short while ago.
    var remembered = 0
    /// The same was being computed already.
    var shared = 0
    /// Too many waited.
    var turnedAway = 0
}
