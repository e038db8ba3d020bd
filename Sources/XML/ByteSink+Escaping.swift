// SPDX-License-Identifier: GPL-2.0-or-later

extension ByteSink {
    /// Appends a text with all that is markup as references, and U+FFFD for what XML cannot hold.
    mutating func put(escaping text: String, isAttribute: Bool) {
        let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe put(escaping: $0, isAttribute) }
        if done == nil { unsafe Array(text.utf8).withUnsafeBufferPointer { unsafe put(escaping: $0, isAttribute) } }
    }

    @inline(__always)
    private mutating func put(escaping text: UnsafeBufferPointer<UInt8>, _ isAttribute: Bool) {
        var clean = 0
        var index = unsafe Self.firstSuspect(in: text, from: 0)
        while index < text.count {
            if let escape = unsafe Self.escape(text, index, isAttribute) {
                unsafe put(UnsafeBufferPointer(rebasing: text[clean..<index]))
                put(escape.text)
                clean = index + escape.length
            }
            index = unsafe Self.firstSuspect(in: text, from: max(clean, index + 1))
        }
        unsafe put(UnsafeBufferPointer(rebasing: text[clean...]))
    }

    /// The index of the next byte that may need to be escaped; most texts have none, so eight are looked at together.
    @inline(__always)
    private static func firstSuspect(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        let raw = UnsafeRawBufferPointer(text)
        while index + 8 <= raw.count {
            if unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).hasSuspect { break }
            index += 8
        }
        while index < text.count, unsafe !text[index].isSuspect { index += 1 }
        return index
    }

    /// What stands for the character at `index`, and its length there; `nil` if it may stay.
    private static func escape(_ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ isAttribute: Bool) -> (text: String, length: Int)? {
        switch unsafe text[index] {
        case 0x26: ("&amp;", 1)
        case 0x3C: ("&lt;", 1)
        case 0x3E: ("&gt;", 1)
        case 0x22: ("&quot;", 1)
        case 0x0D: ("&#13;", 1)
        case 0x09: isAttribute ? ("&#9;", 1) : nil
        case 0x0A: isAttribute ? ("&#10;", 1) : nil
        case 0..<0x20: ("\u{FFFD}", 1)
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF; a string is whole UTF-8, so two more bytes are there.
        case 0xEF: unsafe text[index + 1] == 0xBF && text[index + 2] >= 0xBE ? ("\u{FFFD}", 3) : nil
        default: nil
        }
    }
}

extension UInt8 {
    @inline(__always)
    fileprivate var isSuspect: Bool {
        self < 0x20 || self | 0x04 == 0x26 || self | 0x02 == 0x3E || self == 0xEF
    }
}

extension UInt64 {
    /// Whether one of the eight bytes is below 0x20, `"` or `&` (which differ in one bit), `<` or `>` (likewise), or 0xEF.
    @inline(__always)
    fileprivate var hasSuspect: Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = (self | ones &* 0x04) ^ (ones &* 0x26)
        let bracket = (self | ones &* 0x02) ^ (ones &* 0x3E)
        let lead = self ^ (ones &* 0xEF)
        // A byte less than n borrows into its own high bit, and one that is zero is less than 1.
        let borrows = ((self &- ones &* 0x20) & ~self) | ((quote &- ones) & ~quote) | ((bracket &- ones) & ~bracket) | ((lead &- ones) & ~lead)
        return borrows & (ones &* 0x80) != 0
    }
}
