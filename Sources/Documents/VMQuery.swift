// SPDX-License-Identifier: GPL-2.0-or-later
public import Commands
import Libvirt

/// What a list's URL asks for: `?state=running&q=web&host=node1&sort=-memory&max=100&from=UUID&usage=true`.
public struct VMQuery: Sendable {
    public enum Column: String, CaseIterable, Sendable { case name, state, host, owner, vcpus, memory }

    public struct Sort: Hashable, Sendable {
        public let column: Column
        public let isDescending: Bool
        var text: String { (isDescending ? "-" : "") + column.rawValue }
    }

    public let state: String?
    /// Part of a name, title, tag, owner or UUID, in any case.
    public let text: String?
    public let host: String?
    public let sort: Sort?
    public let maximum: Int?
    /// The UUID of the first row.
    public let from: String?
    /// Whether rows say what they use: CPU time and the host's memory, measured every few seconds while somebody asks.
    public let withUsage: Bool

    /// Reads a query; the item `view` is not its business. An empty value stands for none, as forms send it.
    /// Throws an `ArgumentError` that names an item which is unknown or does not fit.
    public init(_ items: [(name: String, value: String)], defaultMaximum: Int? = nil) throws(ArgumentError) {
        var values: [String: String] = [:]
        for (name, value) in items where name != "view" {
            guard ["state", "q", "host", "sort", "max", "from", "usage"].contains(name) else {
                throw ArgumentError(parameter: name, message: "A list has no parameter of that name.")
            }
            if !value.isEmpty { values[name] = value }
        }
        if let state = values["state"], !DomainState.texts.contains(state) {
            throw ArgumentError(parameter: "state", message: "It is one of: \(DomainState.texts.joined(separator: ", ")).")
        }
        sort = try values["sort"].map { (text) throws(ArgumentError) in try Self.sort(text) }
        maximum = try values["max"].map { (text) throws(ArgumentError) in try Self.maximum(text) } ?? defaultMaximum
        if let usage = values["usage"], usage != "true" { throw ArgumentError(parameter: "usage", message: "It is true, or left out.") }
        withUsage = values["usage"] != nil
        state = values["state"]
        text = values["q"]
        host = values["host"]
        from = values["from"]
    }

    private static func sort(_ text: String) throws(ArgumentError) -> Sort {
        let isDescending = text.hasPrefix("-")
        guard let column = Column(rawValue: String(isDescending ? text.dropFirst() : text[...])) else {
            let names = Column.allCases.map(\.rawValue).joined(separator: ", ")
            throw ArgumentError(parameter: "sort", message: "It is one of \(names), with a - before it for descending.")
        }
        return Sort(column: column, isDescending: isDescending)
    }

    static func maximum(_ text: String) throws(ArgumentError) -> Int {
        guard let maximum = Int(text), (1...100_000).contains(maximum) else {
            throw ArgumentError(parameter: "max", message: "It is a whole number from 1 to 100000.")
        }
        return maximum
    }
}
