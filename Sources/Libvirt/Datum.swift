// SPDX-License-Identifier: GPL-2.0-or-later

/// What a C function gave, before anybody says what it means.
public indirect enum Datum: Hashable, Sendable {
    /// Nothing: a NULL that is no error.
    case none
    case integer(Int64)
    case unsigned(UInt64)
    case string(String)
    case bytes([UInt8])
    /// A bit for each CPU, the lowest first.
    case cpus([Bool])
    case object(ObjectIdentity)
    case parameters([TypedParameter])
    case list([Datum])
    case structure([Field])

    public struct Field: Hashable, Sendable {
        public let name: String
        public let value: Datum

        public init(_ name: String, _ value: Datum) {
            self.name = name
            self.value = value
        }
    }

    static func structure(_ fields: [(String, Datum)]) -> Datum { .structure(fields.map { Field($0.0, $0.1) }) }

    /// A CPU map as libvirt writes it: little-endian bits.
    static func cpus(bits: some Collection<UInt8>) -> Datum {
        .cpus(bits.flatMap { byte in (0..<8).map { byte >> $0 & 1 == 1 } })
    }
}

/// What a call returned, and what it wrote where its arguments pointed.
public struct CallResult: Sendable {
    public let returned: Datum
    /// In the order of the arguments, or of the struct's fields.
    public let outputs: [Datum.Field]

    init(_ returned: Datum, _ outputs: [(String, Datum)] = []) {
        self.returned = returned
        self.outputs = outputs.map { Datum.Field($0.0, $0.1) }
    }
}
