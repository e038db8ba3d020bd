// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Cluster
public import Inventory
public import Libvirt

/// A domain as the server shows it: what its host told, and how old that is.
public struct VM: Sendable {
    /// What it uses, measured; only where somebody looks.
    public struct Usage: Sendable {
        public let statistics: DomainStatistics
        /// Percent of one CPU, between the last two readings; nil while there was only one.
        public let share: Double?
    }

    public let record: DomainRecord
    /// The name of its host.
    public let host: String
    /// How old the reading is; nil if it is fresh.
    public let age: Duration?
    /// How it stands to its copies on other hosts.
    public let standing: ClusterSnapshot.Copy.Standing
    /// The names of the other hosts that hold a copy which the caller may see.
    public let others: [String]
    /// Whose it is.
    public let ownership: Ownership
    private let state: HostState?

    public init(record: DomainRecord, host: String, ownership: Ownership, age: Duration? = nil) {
        self.record = record
        self.host = host
        self.ownership = ownership
        self.age = age
        standing = .chosen
        others = []
        state = nil
    }

    init(_ copy: ClusterSnapshot.Copy, ownership: Ownership) {
        self.ownership = ownership
        record = copy.record
        host = copy.host.name
        age = copy.host.age
        standing = copy.standing
        others = copy.others
        state = copy.host
    }

    /// Whether nothing is known of it but that its host announced it.
    public var isAnnouncedOnly: Bool { state?.isAnnouncedOnly == true }

    /// What it uses, if that is measured.
    public var usage: Usage? {
        guard let usage = state?.snapshot?.usage, let statistics = usage[record.uuid] else { return nil }
        return Usage(statistics: statistics, share: usage.share(of: record.uuid))
    }

    /// Why nothing may be done at its own address; nil if it may.
    public var conflict: String? {
        guard standing == .conflicting else { return nil }
        return "This virtual machine runs on several hosts at once: on \(([host] + others).sorted().joined(separator: " and ")). "
            + "Commands are taken only at the address of one of the copies."
    }

    /// The owner as URLs and documents write it: `nobody` if there is none, or if it is in dispute.
    public var owner: String { ownership.name ?? "nobody" }

    public var reference: ObjectReference {
        .domain(host: host, uuid: record.uuid.description, name: record.name, owner: ownership)
    }
}
