// SPDX-License-Identifier: GPL-2.0-or-later
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
    case xml(Fragment)
    /// A domain that the command made or found.
    case domain(DomainIdentity)
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

/// Enough of a domain to link to it.
public struct DomainIdentity: Hashable, Sendable {
    public let uuid: String
    public let name: String
    /// Nil: nobody's.
    public let owner: String?

    public init(uuid: String, name: String, owner: String?) {
        self.uuid = uuid
        self.name = name
        self.owner = owner
    }
}
