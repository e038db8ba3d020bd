// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import XML

/// Whose a domain is by its metadata: `<owner>` in `urn:handlervirt:owner:1`, in the configuration that it runs with and in the stored one.
public struct DomainOwners: Hashable, Sendable {
    /// The namespace's prefix, as libvirt writes it.
    private static let prefix = "hvo"

    private let isActive: Bool
    private let isPersistent: Bool
    /// In the configuration that it runs with; nil: nobody, or it does not run.
    public let live: String?
    /// In the stored configuration; nil: nobody, or it has none.
    public let configured: String?

    /// Nobody's.
    public init() {
        (isActive, isPersistent) = (false, true)
        (live, configured) = (nil, nil)
    }

    /// Asks libvirt for the element itself: a field that libvirt does not escape could forge one in the domain's XML.
    public init(of domain: borrowing Domain) throws(LibvirtError) {
        try self.init(of: domain, isActive: try domain.isActive(), isPersistent: try domain.isPersistent(), isNamed: true)
    }

    /// - Parameter isNamed: whether the XML of the domain as it is now names an owner; if it does not, that need not be asked.
    init(of domain: borrowing Domain, isActive: Bool, isPersistent: Bool, isNamed: Bool) throws(LibvirtError) {
        self.isActive = isActive
        self.isPersistent = isPersistent
        func owner(_ impact: ModificationImpact) throws(LibvirtError) -> String? {
            Self.owner(in: try domain.metadata(namespace: DomainNotes.ownerNamespace, impact))
        }
        var (running, stored): (String?, String?)
        do throws(LibvirtError) {
            running = isActive && isNamed ? try owner(.live) : nil
            stored = isPersistent && (isActive || isNamed) ? try owner(.configured) : nil
        } catch  where error.code == .operationInvalid || error.code == .noSupport {
            // It started or stopped in between, of which there will be an event; or the driver knows of only one configuration.
            let current = isNamed ? Self.owner(in: try domain.metadata(namespace: DomainNotes.ownerNamespace)) : nil
            (running, stored) = (isActive ? current : nil, isPersistent ? current : nil)
        }
        (live, configured) = (running, stored)
    }

    /// In the configuration that counts: the one that it runs with, if it runs.
    public var owner: String? { isActive ? live : configured }

    /// Whether the two configurations differ.
    public var isDisputed: Bool { isActive && isPersistent && live != configured }

    /// Whether it is `owner`'s by each configuration that there is.
    public func agree(on owner: String?) -> Bool { (!isActive || live == owner) && (!isPersistent || configured == owner) }

    /// Whose it was and is, by a configuration that has another owner now; nil where none has.
    public func change(to now: DomainOwners) -> (from: String?, to: String?)? {
        if isPersistent, now.isPersistent, configured != now.configured { return (configured, now.configured) }
        return owner == now.owner ? nil : (owner, now.owner)
    }

    /// The owner that the `<owner>` element names; nil: nobody.
    static func owner(in element: String?) -> String? {
        guard let element, let document = try? Document(parsing: element) else { return nil }
        let owner = (try? document.strings(at: "string(/*)"))?.first
        return owner == "" || owner == "nobody" ? nil : owner
    }

    /// Makes a domain `owner`'s, in each configuration that there is, and reads them back; again if it started or stopped between.
    /// - Parameter owner: nil: nobody's.
    /// - Returns: what was read last, which does not agree on the owner if all was in vain.
    public static func set(_ owner: String?, on domain: borrowing Domain) throws(LibvirtError) -> DomainOwners {
        var now = try DomainOwners(of: domain)
        var failure: LibvirtError?
        for _ in 0..<3 where !now.agree(on: owner) {
            failure = nil
            do throws(LibvirtError) {
                if now.isActive, now.live != owner { try write(owner, on: domain, .live) }
                if now.isPersistent, now.configured != owner { try write(owner, on: domain, .configured) }
            } catch {
                failure = error
            }
            now = try DomainOwners(of: domain)
        }
        if let failure, !now.agree(on: owner) { throw failure }
        return now
    }

    private static func write(_ owner: String?, on domain: borrowing Domain, _ impact: ModificationImpact) throws(LibvirtError) {
        let element = owner.map { Fragment(element: "owner", text: $0).text }
        do throws(LibvirtError) {
            try domain.setMetadata(element, namespace: DomainNotes.ownerNamespace, prefix: prefix, impact)
        } catch  where owner == nil && error.code == .noDomainMetadata {
            // There was none to take away.
        }
    }
}
