// SPDX-License-Identifier: GPL-2.0-or-later

/// How verifications came about, each a number since the start.
public struct VerificationCounts: Hashable, Sendable {
    /// A hash was computed.
    public var computed = 0
    /// It had been accepted a short while ago.
    public var remembered = 0
    /// The same was being computed already.
    public var shared = 0
    /// Too many waited.
    public var turnedAway = 0
}
