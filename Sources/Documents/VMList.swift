// SPDX-License-Identifier: GPL-2.0-or-later
import Inventory
import Libvirt
public import Operations

/// The rows that a query selects, in its order, with what the page around them says.
public struct VMList {
    public let query: VMQuery
    public let rows: [VM]
    /// How many match, on all pages.
    public let total: Int
    /// How many there are of each state, the other filters applied.
    public let counts: [String: Int]
    /// The first row of the next page; nil on the last.
    public let next: String?
    /// The first row of the page before, empty for the first page; nil on the first.
    public let previous: String?

    public init(_ vms: [VM], query: VMQuery) {
        self.query = query
        let matching = vms.filter { Self.matches($0, query) }
        counts = Dictionary(matching.map { ($0.record.state.text, 1) }, uniquingKeysWith: +)
        let selected = matching.filter { query.state == nil || $0.record.state.text == query.state }
        let sorted = Self.sorted(selected, by: query.sort ?? .init(column: .name, isDescending: false))
        total = sorted.count
        let start = query.from.flatMap { from in sorted.firstIndex { $0.record.uuid.description == from } } ?? 0
        let size = query.maximum ?? max(sorted.count, 1)
        let end = min(start + size, sorted.count)
        rows = Array(sorted[start..<end])
        next = end < sorted.count ? sorted[end].record.uuid.description : nil
        previous = start == 0 ? nil : start <= size ? "" : sorted[start - size].record.uuid.description
    }

    private static func matches(_ vm: VM, _ query: VMQuery) -> Bool {
        if let host = query.host, !vm.host.utf8.elementsEqual(host.utf8) { return false }
        guard let text = query.text?.lowercased() else { return true }
        let record = vm.record
        let fields = [record.name, record.title ?? "", vm.owner, record.uuid.description] + record.tags
        return fields.contains { $0.lowercased().contains(text) }
    }

    /// Rows that are equal in the column stand by name, then by UUID, so that every page is the same each time.
    private static func sorted(_ vms: [VM], by sort: VMQuery.Sort) -> [VM] {
        func precedes(_ left: VM, _ right: VM) -> Bool? {
            switch sort.column {
            case .name: unequal(left.record.name, right.record.name)
            case .state: unequal(left.record.state.state, right.record.state.state)
            case .host: unequal(left.host, right.host)
            case .owner: unequal(left.owner, right.owner)
            case .vcpus: unequal(left.record.vcpus, right.record.vcpus)
            case .memory: unequal(left.record.memory, right.record.memory)
            }
        }
        return vms.sorted { left, right in
            if let precedes = precedes(left, right) { return precedes != sort.isDescending }
            return (left.record.name, left.record.uuid.description) < (right.record.name, right.record.uuid.description)
        }
    }

    private static func unequal<Key: Comparable>(_ left: Key, _ right: Key) -> Bool? { left == right ? nil : left < right }
}
