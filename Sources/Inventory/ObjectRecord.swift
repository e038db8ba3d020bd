// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// One of a host's objects other than a domain as the host told it: who it is, and the facts that lists show.
public struct ObjectRecord: Hashable, Sendable {
    /// A fact under the name that documents use.
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: Value
    }

    public enum Value: Hashable, Sendable {
        case text(String)
        /// Nil where the driver does not say; so for the numbers.
        case truth(Bool?)
        case bytes(UInt64?)
        /// Since 1970.
        case seconds(UInt64?)
        /// A constant's name and the word for it.
        case constant(name: String?, word: String)
        /// Another object that it points to; nil if there is none.
        case object(ObjectIdentity?)
        /// The domains that use it: those that name one of these.
        case users(Set<DomainUse>)
    }

    public let identity: ObjectIdentity
    /// Nil for kinds that are neither, and where the driver does not say; so for the next one.
    public let isActive: Bool?
    public let isPersistent: Bool?
    public let fields: [Field]
}
