// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
import Cluster
public import Inventory

/// A host as the server shows it.
public struct HostView: Sendable {
    public let name: String
    public let uri: String
    /// What it said; nil if it never answered.
    public let snapshot: HostSnapshot?
    /// How old that is; nil if it is fresh.
    public let age: Duration?
    /// Why there is nothing newer; nil if it is fresh.
    public let failure: Failure?

    public var reference: ObjectReference { .host(name) }

    init(_ host: Host, _ status: Host.Status) {
        name = host.name
        uri = host.uri
        snapshot = status.snapshot
        age = status.failure == nil ? nil : status.snapshot.map { .now - $0.taken }
        failure = status.failure.map { Failure($0, host: host.name, isReading: true) }
    }
}
