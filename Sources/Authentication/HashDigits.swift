// SPDX-License-Identifier: GPL-2.0-or-later

/// Reads what crypt(5) writes with its sixty-four digits, each the six bits that its place says.
struct HashDigits {
    private(set) var rest: Substring.UTF8View

    init(_ text: Substring) { rest = text.utf8 }

    mutating func digit() -> Int? { rest.popFirst().flatMap(Self.value) }

    /// A number of `count` digits, the lowest first.
    mutating func number(digits count: Int) -> Int? {
        var number = 0
        for place in 0..<count {
            guard let digit = digit() else { return nil }
            number |= digit << (6 * place)
        }
        return number
    }

    /// A number of yescrypt, whose first digit says how many there are, up to six; it counts from `least`.
    mutating func number(from least: Int) -> Int? {
        guard let first = digit() else { return nil }
        var (start, end, shift, number) = (0, 47, 0, least)
        while first > end {
            number += (end + 1 - start) << shift
            (start, end) = (end + 1, end + 1 + (62 - end) / 2)
            shift += 6
        }
        number += (first - start) << shift
        while shift > 0 {
            guard let digit = digit() else { return nil }
            shift -= 6
            number += digit << shift
        }
        return number
    }

    static func value(_ character: UInt8) -> Int? {
        switch character {
        case 0x2E...0x39: Int(character) - 0x2E  // . / 0 to 9
        case 0x41...0x5A: Int(character) - 0x41 + 12  // A to Z
        case 0x61...0x7A: Int(character) - 0x61 + 38  // a to z
        default: nil
        }
    }

    static func areAll(_ text: Substring) -> Bool { text.utf8.allSatisfy { value($0) != nil } }

    /// Whether it is `count` digits, the last out of those whose bits that no byte fills are zero.
    static func isDigest(_ text: Substring, count: Int, last: String) -> Bool {
        text.utf8.count == count && areAll(text) && text.utf8.last.map(last.utf8.contains) == true
    }
}
