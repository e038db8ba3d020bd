// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Addresses
import Cluster
public import Inventory

/// A host as the server shows it.
public struct HostView: Sendable {
    public let name: String
    public let configuration: HostConfiguration
    /// What it said; nil if it never answered.
    public let snapshot: HostSnapshot?
    /// How old that is; nil if it is fresh.
    public let age: Duration?
    /// Why there is nothing newer; nil if it is fresh.
    public let failure: Failure?
    /// Its domains that the caller may see.
    public let domains: [DomainRecord]
    /// Whether the caller may see what it is, and not only that it is there.
    public let isOpen: Bool

    public var uri: String { configuration.uri }

    public var reference: ObjectReference { .host(name) }

    init(_ state: HostState, domains: [DomainRecord], isOpen: Bool) {
        self.domains = domains
        self.isOpen = isOpen
        name = state.name
        configuration = state.configuration
        snapshot = state.snapshot
        age = state.age
        let silence = state.isAnswering ? nil : Failure(silenceOf: state)
        failure = isOpen ? silence : silence.map { .silent(state.name, $0) }
    }
}

extension Failure {
    /// Why a host does not answer.
    init(silenceOf state: HostState) {
        if let failure = state.failure {
            self.init(failure, host: state.name, isReading: true)
        } else {
            self.init(.unreachable, "The host \(state.name) is being connected to.", advice: "Try again in a moment.", host: state.name)
        }
    }
}
