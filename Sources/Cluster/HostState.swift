// SPDX-License-Identifier: GPL-2.0-or-later
public import Inventory
public import Libvirt

/// What is known of a host at one moment.
public struct HostState: Sendable {
    /// What it is called here: a segment of its URL.
    public var name: String { configuration.name }
    public let configuration: HostConfiguration
    /// What it held when it last answered; nil if it never has.
    public internal(set) var snapshot: HostSnapshot?
    /// What it announced to have; nil unless it was found on the network, has not told itself yet, and announces domains.
    public internal(set) var announced: AnnouncedDomains?
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

    /// Whether its domains are known by its announcement alone.
    public var isAnnouncedOnly: Bool { snapshot == nil && announced != nil }

    /// What it held when it last answered, or else what it announced.
    public var domains: [DomainRecord] { snapshot?.domains ?? announced?.records ?? [] }

    public func domain(_ uuid: UUID) -> DomainRecord? { snapshot.map { $0.domain(uuid) } ?? announced?.domain(uuid) }

    public func domains(named name: String) -> [DomainRecord] {
        snapshot.map { $0.domains(named: name) } ?? announced?.domains(named: name) ?? []
    }
}
