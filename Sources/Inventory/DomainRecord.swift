// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import XML

/// One domain as its host last told it: fields, not XML.
public struct DomainRecord: Hashable, Sendable {
    public let uuid: UUID
    public let name: String
    /// From `<title>`; nil if there is none.
    public let title: String?
    public let description: String?
    /// From `<owner>` in `urn:handlervirt:owner:1`; nil: nobody's.
    public let owner: String?
    /// From `urn:handlervirt:1`.
    public let tags: [String]
    public let note: String?
    public let state: DomainState
    public let vcpus: UInt32
    /// KiB.
    public let memory: UInt64
    /// KiB.
    public let maximumMemory: UInt64
    /// Nanoseconds.
    public let cpuTime: UInt64
    public let autostart: Bool
    public let isPersistent: Bool
    public let uses: Set<DomainUse>

    /// Reads a domain by five calls: state, info, autostart, persistence, XML.
    public init(_ domain: borrowing Domain) throws(LibvirtError) {
        uuid = try domain.uuid()
        name = try domain.name()
        state = try domain.state()
        let info = try domain.info()
        vcpus = info.vcpus
        memory = info.memory
        maximumMemory = info.maximumMemory
        cpuTime = info.cpuTime
        isPersistent = try domain.isPersistent()
        autostart = try Self.autostart(of: domain, isPersistent: isPersistent)
        let notes = DomainNotes(xml: try domain.xml())
        title = notes.title
        description = notes.description
        // A field that libvirt does not escape could forge an owner in the XML, so libvirt is asked for the element itself.
        owner = notes.owner == nil ? nil : DomainNotes.owner(in: try domain.metadata(namespace: DomainNotes.ownerNamespace))
        tags = notes.tags
        note = notes.note
        uses = notes.uses
    }

    /// Transient domains have no autostart, and drivers say so by an error.
    private static func autostart(of domain: borrowing Domain, isPersistent: Bool) throws(LibvirtError) -> Bool {
        guard isPersistent else { return false }
        do throws(LibvirtError) { return try domain.autostart() } catch  where error.code == .noSupport || error.code == .operationInvalid {
            return false
        }
    }
}
