// SPDX-License-Identifier: GPL-2.0-or-later
public import Addresses
public import Inventory
public import Libvirt

/// What is known of a host at one moment. A value; a class, because every domain in a list refers to it.
public final class HostState: Sendable {
    /// What changes of it.
    struct Facts: Sendable {
        var snapshot: HostSnapshot?
        /// Domains that who made them knows of, until whatever reads the host does too.
        var noted: [UUID: DomainRecord] = [:]
        var announced: AnnouncedDomains?
        var identity: HostIdentity?
        var failure: (any Error)?
        var lastAnswer: ContinuousClock.Instant?

        /// Whether the other ones show the same; when the host answered last is shown only while it is silent, and does not change then.
        func isSame(as other: Facts) -> Bool {
            guard identity == other.identity, announced?.names == other.announced?.names else { return false }
            guard failure.map({ "\($0)" }) == other.failure.map({ "\($0)" }) else { return false }
            switch (snapshot, other.snapshot) {
            case (let own?, let other?): return own.isSame(as: other)
            case (nil, nil): return true
            default: return false
            }
        }
    }

    public let configuration: HostConfiguration
    let facts: Facts

    init(_ configuration: HostConfiguration, _ facts: Facts = Facts()) {
        self.configuration = configuration
        self.facts = facts
    }

    /// What it is called here: a segment of its URL.
    public var name: String { configuration.name }

    /// What it held when it last answered; nil if it never has.
    public var snapshot: HostSnapshot? { facts.snapshot }

    /// What it announced to have; nil unless it was found on the network, has not told itself yet, and announces domains.
    public var announced: AnnouncedDomains? { facts.announced }

    public var identity: HostIdentity? { facts.identity }

    /// Why it does not answer; nil if it does, and before the first attempt has ended.
    public var failure: (any Error)? { facts.failure }

    /// When it answered last; nil if it never has.
    public var lastAnswer: ContinuousClock.Instant? { facts.lastAnswer }

    /// Whether what is known of it is true now.
    public var isAnswering: Bool { failure == nil && snapshot != nil }

    /// Whether there has been an attempt, with whatever end.
    public var wasTried: Bool { failure != nil || snapshot != nil }

    /// How old what is known is; nil if it is fresh, or if nothing is known.
    public var age: Duration? { failure == nil ? nil : lastAnswer.map { .now - $0 } }

    /// Whether its domains are known by its announcement alone.
    public var isAnnouncedOnly: Bool { snapshot == nil && announced != nil }

    /// What it held when it last answered, or else what it announced.
    public var domains: [DomainRecord] { snapshot?.domains ?? announced?.list.records ?? [] }

    public func domain(_ uuid: UUID) -> DomainRecord? { snapshot.map { $0.domain(uuid) } ?? announced?.list[uuid] }

    public func domains(named name: String) -> [DomainRecord] {
        snapshot.map { $0.domains(named: name) } ?? announced?.list[named: name] ?? []
    }
}
