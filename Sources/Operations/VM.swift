// SPDX-License-Identifier: GPL-2.0-or-later
public import Access
public import Inventory
import Libvirt

/// A domain as the server shows it: what its host told, and how old that is.
public struct VM: Sendable {
    public let record: DomainRecord
    /// The name of its host.
    public let host: String
    /// How old the reading is; nil if it is fresh.
    public let age: Duration?

    public init(record: DomainRecord, host: String, age: Duration? = nil) {
        self.record = record
        self.host = host
        self.age = age
    }

    /// The owner as URLs and documents write it: `nobody` if there is none.
    public var owner: String { record.owner ?? "nobody" }

    public var reference: ObjectReference {
        .domain(host: host, uuid: record.uuid.description, name: record.name, owner: record.owner)
    }
}
