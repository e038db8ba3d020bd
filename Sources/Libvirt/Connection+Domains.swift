// SPDX-License-Identifier: GPL-2.0-or-later
import CLibvirt
import Glibc

extension Connection {
    /// Lends the domain of that name: `virDomainLookupByName`.
    public func withDomain<Result: ~Copyable>(
        named name: String, _ body: (borrowing Domain) throws(LibvirtError) -> Result
    ) throws(LibvirtError) -> Result {
        try body(unsafe Domain(owning: check(virDomainLookupByName(pointer, name))))
    }

    /// Lends the domain of that UUID: `virDomainLookupByUUID`.
    public func withDomain<Result: ~Copyable>(
        uuid: UUID, _ body: (borrowing Domain) throws(LibvirtError) -> Result
    ) throws(LibvirtError) -> Result {
        var raw = uuid.bytes
        return try body(unsafe Domain(owning: check(virDomainLookupByUUID(pointer, &raw))))
    }

    /// The domains that are stored, or that start with their host: `virConnectListAllDomains`, filtered.
    public func domains(_ filter: DomainFilter) throws(LibvirtError) -> Set<UUID> {
        var uuids: Set<UUID> = []
        try forEachDomain(flags: filter.flag) { domain throws(LibvirtError) in uuids.insert(try domain.uuid()) }
        return uuids
    }

    /// Lends every domain in turn: `virConnectListAllDomains`. One that vanishes meanwhile throws `noDomain` inside `body`.
    public func forEachDomain(flags: UInt32 = 0, _ body: (borrowing Domain) throws(LibvirtError) -> Void) throws(LibvirtError) {
        var list: UnsafeMutablePointer<virDomainPtr?>?
        let count = Int(try check(unsafe virConnectListAllDomains(pointer, &list, flags)))
        guard let list = unsafe list else { return }
        defer { unsafe free(list) }
        var next = 0
        defer {
            while next < count {  // what a throwing body left over
                if let domain = unsafe list[next] { unsafe _ = virDomainFree(domain) }
                next += 1
            }
        }
        while next < count {
            let domain = unsafe list[next]
            next += 1
            if let domain = unsafe domain { try body(unsafe Domain(owning: domain)) }
        }
    }
}

/// Which domains `virConnectListAllDomains` lists.
public enum DomainFilter: Sendable {
    case persistent, autostart

    var flag: UInt32 {
        switch self {
        case .persistent: VIR_CONNECT_LIST_DOMAINS_PERSISTENT.rawValue
        case .autostart: VIR_CONNECT_LIST_DOMAINS_AUTOSTART.rawValue
        }
    }
}
