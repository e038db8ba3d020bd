// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory

/// What is known of a host at one moment.
public struct HostState: Sendable {
    /// What it is called here: a segment of its URL.
    public var name: String { configuration.name }
    public let configuration: HostConfiguration
    /// What it held when it last answered; nil if it never has.
    public internal(set) var snapshot: HostSnapshot?
    public internal(set) var identity: HostIdentity?
    /// Why it does not answer; nil if it does, and before the first attempt has ended.
    public internal(set) var failure: (any Error)?
    /// When it answered last; nil if it never has.
    public internal(set) var lastAnswer: ContinuousClock.Instant?

    init(_ configuration: HostConfiguration) { self.configuration = configuration }

    /// Whether what is known of it is true now.
    public var isAnswering: Bool { failure == nil && snapshot != nil }

    /// Whether there has been an attempt, with whatever end.
    public var wasTried: Bool { failure != nil || snapshot != nil }

    /// How old what is known is; nil if it is fresh, or if nothing is known.
    public var age: Duration? { failure == nil ? nil : lastAnswer.map { .now - $0 } }
}
