// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// The domains of one host in order, to be looked up by UUID and by name.
public struct DomainList: Equatable, Sendable {
    /// By name, then by UUID.
    public private(set) var records: [DomainRecord] = []
    private var positions: [UUID: Int] = [:]
    private var names: [String: [Int]] = [:]

    public init(_ records: [DomainRecord] = []) {
        self.records = records.sorted { left, right in
            if left.name.utf8.elementsEqual(right.name.utf8) { return left.uuid < right.uuid }
            return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        positions = Dictionary(uniqueKeysWithValues: self.records.enumerated().map { ($1.uuid, $0) })
        names = Dictionary(self.records.enumerated().map { ($1.name, [$0]) }, uniquingKeysWith: +)
    }

    public subscript(uuid: UUID) -> DomainRecord? { positions[uuid].map { records[$0] } }

    /// Names are compared by their bytes: to Swift the Kelvin sign and `K` are one.
    public subscript(named name: String) -> [DomainRecord] {
        (names[name] ?? []).map { records[$0] }.filter { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// Puts a record in the place of the one of the same UUID and name.
    mutating func replace(_ record: DomainRecord) {
        if let position = positions[record.uuid] { records[position] = record }
    }

    /// What follows from the records need not be compared.
    public static func == (left: DomainList, right: DomainList) -> Bool { left.records == right.records }
}
