// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
public import XML

/// What a command returned, typed: a number has its unit, an enum its constant's name.
public indirect enum Value: Hashable, Sendable {
    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: Value

        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The function returns nothing but success.
    case none
    case boolean(Bool)
    case integer(Int64, Unit? = nil)
    /// For what exceeds `Int64`.
    case unsigned(UInt64, Unit? = nil)
    case double(Double, Unit? = nil)
    case string(String)
    /// A constant's name (nil if unknown) and number.
    case enumeration(name: String?, Int64)
    /// major * 1,000,000 + minor * 1,000 + release.
    case version(UInt)
    case bytes([UInt8])
    case cpus(CPUSet)
    case xml(Fragment)
    /// An object that the command made or found.
    case object(ObjectLink)
    case list([Value])
    case structure([Field])
}

/// Units as the documents name them.
public enum Unit: String, Hashable, Sendable {
    case kibibytes = "KiB"
    case bytes
    case megahertz = "MHz"
    case nanoseconds = "ns"
    case microseconds = "us"
    case milliseconds = "ms"
    case seconds = "s"
    case percent
    case bytesPerSecond = "bytes/s"
}

/// Enough of an object to link to it.
public struct ObjectLink: Hashable, Sendable {
    public let identity: ObjectIdentity
    /// The owner of the domain that it is or belongs to, `nobody` if there is none; nil: not known.
    public var owner: String?

    public init(_ identity: ObjectIdentity, owner: String? = nil) {
        self.identity = identity
        self.owner = owner
    }
}

extension Value {
    /// The same with what `change` makes of each object in it; objects of a list that become nil are left out.
    public func mapObjects(_ change: (ObjectLink) -> ObjectLink?) -> Value {
        switch self {
        case .object(let link): change(link).map(Value.object) ?? .none
        case .list(let items):
            .list(
                items.compactMap { item in
                    if case .object(let link) = item { return change(link).map(Value.object) }
                    if case .structure(let fields) = item, case .object(let link)? = fields.first?.value, change(link) == nil { return nil }
                    return item.mapObjects(change)
                })
        case .structure(let fields): .structure(fields.map { Field($0.name, $0.value.mapObjects(change)) })
        default: self
        }
    }

    /// All objects in it.
    public var objects: [ObjectLink] {
        switch self {
        case .object(let link): [link]
        case .list(let items): items.flatMap(\.objects)
        case .structure(let fields): fields.flatMap(\.value.objects)
        default: []
        }
    }
}
