// SPDX-License-Identifier: GPL-2.0-or-later

/// A name in which `*` stands for any text, also for none: `web-*`. All else stands for itself, byte for byte.
public struct TextPattern: Hashable, Sendable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    private let parts: [[UInt8]]

    /// Nil if it is empty.
    public init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        description = text
        parts = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    }

    public func matches(_ name: String) -> Bool {
        var rest = name.utf8[...]
        guard rest.starts(with: parts[0]) else { return false }
        rest = rest.dropFirst(parts[0].count)
        guard parts.count > 1, let last = parts.last else { return rest.isEmpty }
        // The first place of each part is the best one, as what is left for the others is longest.
        for part in parts.dropFirst().dropLast() {
            while !rest.starts(with: part) {
                guard rest.popFirst() != nil else { return false }
            }
            rest = rest.dropFirst(part.count)
        }
        return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
    }
}
