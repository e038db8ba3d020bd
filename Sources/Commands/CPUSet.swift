// SPDX-License-Identifier: GPL-2.0-or-later

/// A set of CPUs as libvirt's XML writes it: `0-3,^2,8`; items from left to right, `^` takes one out.
public struct CPUSet: Hashable, Sendable, CustomStringConvertible {
    /// More CPUs than any host has.
    static let limit = 16_384

    private let members: [Bool]

    /// One flag for each CPU from 0 on.
    public init(_ members: [Bool]) { self.members = members }

    /// Nil for what is no such list, names CPUs beyond 16,383, or no CPU at all.
    public init?(_ text: String) {
        var members: [Bool] = []
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            let isOut = item.hasPrefix("^")
            let ends = item.dropFirst(isOut ? 1 : 0).split(separator: "-", omittingEmptySubsequences: false).map { Self.number($0) }
            guard ends.count == 1 || (ends.count == 2 && !isOut), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
                return nil
            }
            if members.count <= last { members += [Bool](repeating: false, count: last + 1 - members.count) }
            for cpu in first...last { members[cpu] = !isOut }
        }
        guard members.contains(true) else { return nil }
        self.members = members
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text), number < limit else { return nil }
        return number
    }

    /// As C wants it: a bit for each CPU, the lowest first, no longer than the last one needs.
    public var bits: [UInt8] {
        let count = (members.lastIndex(of: true) ?? 0) + 1
        return (0..<(count + 7) / 8).map { byte in
            (0..<8).reduce(0) { bits, bit in
                let cpu = byte * 8 + bit
                return cpu < members.count && members[cpu] ? bits | 1 << bit : bits
            }
        }
    }

    public var description: String {
        var ranges: [String] = []
        var start: Int?
        for cpu in 0...members.count {
            let isMember = cpu < members.count && members[cpu]
            if isMember, start == nil { start = cpu }
            if !isMember, let first = start {
                ranges.append(first == cpu - 1 ? "\(first)" : "\(first)-\(cpu - 1)")
                start = nil
            }
        }
        return ranges.joined(separator: ",")
    }
}
