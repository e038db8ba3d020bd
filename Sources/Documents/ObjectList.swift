// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
public import Commands
public import Inventory
import Libvirt

/// What the URL of a list of objects asks for: `?max=100&from=KEY`.
public struct ObjectQuery: Sendable {
    public let maximum: Int?
    /// The key of the first row, as its URL writes it.
    public let from: String?

    /// Reads a query; the item `view` is not its business. Throws an `ArgumentError` that names an item which is unknown or does not fit.
    public init(_ items: [(name: String, value: String)], defaultMaximum: Int? = nil) throws(ArgumentError) {
        var values: [String: String] = [:]
        for (name, value) in items where name != "view" {
            guard ["max", "from"].contains(name) else { throw ArgumentError(parameter: name, message: "A list has no parameter of that name.") }
            if !value.isEmpty { values[name] = value }
        }
        maximum = try values["max"].map { (text) throws(ArgumentError) in try VMQuery.maximum(text) } ?? defaultMaximum
        from = values["from"]
    }
}

/// The rows that a query selects, in order of their names, with what the page around them says.
public struct ObjectList {
    public let query: ObjectQuery
    public let rows: [ObjectRecord]
    /// On all pages.
    public let total: Int
    /// The first row of the next page; nil on the last.
    public let next: String?
    /// The first row of the page before, empty for the first page; nil on the first.
    public let previous: String?

    public init(_ records: [ObjectRecord], query: ObjectQuery) {
        self.query = query
        total = records.count
        let start = query.from.flatMap { from in records.firstIndex { Self.key($0) == from } } ?? 0
        let size = query.maximum ?? max(records.count, 1)
        let end = min(start + size, records.count)
        rows = Array(records[start..<end])
        next = end < records.count ? Self.key(records[end]) : nil
        previous = start == 0 ? nil : start <= size ? "" : Self.key(records[start - size])
    }

    private static func key(_ record: ObjectRecord) -> String {
        PathSegment.encode(bytes: record.identity.path.steps.last?.key.bytes ?? [])
    }
}
