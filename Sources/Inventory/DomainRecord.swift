// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import XML

/// One domain as its host last told it: fields, not XML. A value; a class, because lists of thousands are copied, filtered and sorted.
public final class DomainRecord: Sendable {
    public let uuid: UUID
    public let name: String
    /// From `<title>`; nil if there is none.
    public let title: String?
    public let description: String?
    /// Whose it is by its metadata.
    public let owners: DomainOwners
    /// From `urn:handlervirt:1`.
    /// The name of its owner; nil: nobody's.
    public var owner: String? { owners.owner }
    public let tags: [String]
    public let note: String?
    public let state: DomainState
    public let vcpus: UInt32
    /// KiB.
    public let memory: UInt64
    /// KiB.
    public let maximumMemory: UInt64
    public let autostart: Bool
    public let isPersistent: Bool
    public let uses: Set<DomainUse>

    /// One of which nothing is known but that it is there.
    public init(uuid: UUID, name: String) {
        self.uuid = uuid
        self.name = name
        (title, description, note) = (nil, nil, nil)
        owners = DomainOwners()
        (tags, uses) = ([], [])
        state = DomainState(state: 0, reason: 0)
        (vcpus, memory, maximumMemory) = (0, 0, 0)
        (autostart, isPersistent) = (false, true)
    }

    /// Reads a domain by its XML and a few more calls, none of which waits for its guest or its QEMU.
    public convenience init(_ domain: borrowing Domain) throws(LibvirtError) { try self.init(domain, facts: DomainFacts()) }

    /// Reads a domain by its XML, and by a call for each fact that is not known yet.
    init(_ domain: borrowing Domain, facts: DomainFacts) throws(LibvirtError) {
        let uuid = try domain.uuid()
        self.uuid = uuid
        name = try domain.name()
        if let known = facts.states[uuid] { state = known } else { state = try domain.state() }
        if let persistent = facts.persistent { isPersistent = persistent.contains(uuid) } else { isPersistent = try domain.isPersistent() }
        if let starting = facts.autostart {
            autostart = isPersistent && starting.contains(uuid)
        } else {
            autostart = try Self.autostart(of: domain, isPersistent: isPersistent)
        }
        let notes = DomainNotes(xml: try domain.xml())
        if let size = notes.size {
            (vcpus, memory, maximumMemory) = (size.vcpus, size.memory, size.maximumMemory)
        } else {
            let info = try domain.info()
            (vcpus, memory, maximumMemory) = (info.vcpus, info.memory, info.maximumMemory)
        }
        title = notes.title
        description = notes.description
        owners = try DomainOwners(of: domain, isActive: state.isActive, isPersistent: isPersistent, isNamed: !notes.isReadable || notes.owner != nil)
        tags = notes.tags
        note = notes.note
        uses = notes.uses
    }

    /// The same in another state.
    init(_ record: DomainRecord, state: DomainState) {
        (uuid, name, title, description) = (record.uuid, record.name, record.title, record.description)
        (owners, tags, note) = (record.owners, record.tags, record.note)
        (vcpus, memory, maximumMemory) = (record.vcpus, record.memory, record.maximumMemory)
        (autostart, isPersistent, uses) = (record.autostart, record.isPersistent, record.uses)
        self.state = state
    }

    /// Transient domains have no autostart, and drivers say so by an error.
    private static func autostart(of domain: borrowing Domain, isPersistent: Bool) throws(LibvirtError) -> Bool {
        guard isPersistent else { return false }
        do throws(LibvirtError) { return try domain.autostart() } catch  where error.code == .noSupport || error.code == .operationInvalid {
            return false
        }
    }
}

extension DomainRecord: Equatable {
    public static func == (left: DomainRecord, right: DomainRecord) -> Bool {
        left === right
            || (left.uuid == right.uuid && left.state == right.state && left.name == right.name && left.title == right.title
                && left.description == right.description && left.owners == right.owners && left.tags == right.tags && left.note == right.note
                && left.vcpus == right.vcpus && left.memory == right.memory && left.maximumMemory == right.maximumMemory
                && left.autostart == right.autostart && left.isPersistent == right.isPersistent && left.uses == right.uses)
    }
}
