// SPDX-License-Identifier: GPL-2.0-or-later

/// SplitMix64: random numbers that a seed repeats. Tests name the seed where they fail.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    public mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// Text made of what paths and forms stumble over, of ASCII and of any other scalar, without NUL.
    public mutating func text(upTo count: Int) -> String {
        let hostile = [
            "/", ".", "..", "~", "%", "%2e", "%2F", "+", " ", "&", "=", "?", "#", ";", ":", "\\", "\r\n", "\t", "\"", "\u{301}", "\u{FEFF}", "ü", "🦆",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...count, using: &self) {
            switch Int.random(in: 0..<4, using: &self) {
            case 0: text.append(contentsOf: hostile[Int.random(in: hostile.indices, using: &self)].unicodeScalars)
            case 1: text.append(Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &self)) ?? "\u{FFFD}")
            default: text.append(Unicode.Scalar(UInt8.random(in: 1...127, using: &self)))
            }
        }
        return String(text)
    }

    /// `bytes` with one to four bytes replaced, removed, inserted, repeated, or the end cut off.
    public mutating func mutation(of bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let pool = Array("\r\n-%/~.&=+;:\"\\ \t\0".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &self)
            let byte = Bool.random(using: &self) ? pool[Int.random(in: pool.indices, using: &self)] : UInt8.random(in: 0...255, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[index] = byte
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(byte, at: index)
            case 3: bytes.insert(contentsOf: Array(bytes[index...].prefix(40)), at: index)
            default: bytes.removeSubrange(index...)
            }
        }
        return bytes
    }
}
