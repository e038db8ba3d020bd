// SPDX-License-Identifier: GPL-2.0-or-later
public import Avahi
public import Inventory
import Synchronization

/// Announces what is known of one or more hosts, which are usually the drivers of one machine.
public final class Announcer: Sendable {
    private let policy: AnnouncementPolicy
    private let publisher: Publisher
    /// By the place of the host; the order in which things are announced.
    private let known: Mutex<[[Publication]]>

    public init(hosts: Int, policy: AnnouncementPolicy, publisher: Publisher) {
        self.policy = policy
        self.publisher = publisher
        known = Mutex(Array(repeating: [], count: hosts))
    }

    /// Announces what a host has now; nil: nothing.
    public func update(_ host: Int, _ snapshot: HostSnapshot?) {
        let records = snapshot.map { Self.records(of: $0, at: host, policy: policy) } ?? []
        known.withLock { known in
            known[host] = records
            // The hosts themselves come first, as the daemon takes only so many. Under the lock, so that the last one to know is the last one heard.
            publisher.announce(known.compactMap(\.first) + known.flatMap { $0.dropFirst() })
        }
    }

    /// What a host's records are; none for a driver that is not announced.
    public static func records(of snapshot: HostSnapshot, at host: Int, policy: AnnouncementPolicy) -> [Publication] {
        guard let driver = Driver(type: snapshot.host.driver) else { return [] }
        return Records(snapshot, driver: driver, policy: policy, source: String(host)).publications
    }
}
