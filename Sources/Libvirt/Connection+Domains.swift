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

    /// Lends every domain in turn: `virConnectListAllDomains`. One that vanishes meanwhile throws `noDomain` inside `body`.
    public func forEachDomain(_ body: (borrowing Domain) throws(LibvirtError) -> Void) throws(LibvirtError) {
        var list: UnsafeMutablePointer<virDomainPtr?>?
        let count = Int(try check(unsafe virConnectListAllDomains(pointer, &list, 0)))
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
