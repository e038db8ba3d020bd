// SPDX-License-Identifier: GPL-2.0-or-later

/// A libvirt object's UUID. (Foundation's own writes capital letters, and this room does without Foundation.)
public struct UUID: Hashable, Comparable, Sendable, LosslessStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// Sixteen bytes.
    public var bytes: [UInt8] { [high, low].flatMap { half in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> $0) } } }

    init(_ raw: [UInt8]) {
        high = raw.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = raw.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads 32 hexadecimal digits of either case, with hyphens in the places of RFC 9562 or with none.
    public init?(_ text: String) {
        let characters = Array(text.utf8)
        let hyphens = [8, 13, 18, 23]
        switch characters.count {
        case 36: guard hyphens.allSatisfy({ characters[$0] == UInt8(ascii: "-") }) else { return nil }
        case 32: break
        default: return nil
        }
        let digits = characters.count == 32 ? characters : characters.indices.filter { !hyphens.contains($0) }.map { characters[$0] }
        var raw: [UInt8] = []
        for index in stride(from: 0, to: 32, by: 2) {
            guard let high = Self.value(of: digits[index]), let low = Self.value(of: digits[index + 1]) else { return nil }
            raw.append(high << 4 | low)
        }
        self.init(raw)
    }

    /// The canonical form of RFC 9562: lower case, with hyphens.
    public var description: String {
        unsafe String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for (half, first) in [(high, 4), (low, 0)] {
                for index in 0..<8 {
                    if index == first || index == first + 2 {
                        unsafe text[place] = UInt8(ascii: "-")
                        place += 1
                    }
                    let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * index))
                    unsafe text[place] = Self.digit(byte >> 4)
                    unsafe text[place + 1] = Self.digit(byte & 15)
                    place += 2
                }
            }
            return place
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }

    public static func < (left: UUID, right: UUID) -> Bool { (left.high, left.low) < (right.high, right.low) }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
