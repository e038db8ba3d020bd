// SPDX-License-Identifier: GPL-2.0-or-later

/// What scrypt, or yescrypt, is told to take.
struct ScryptCost {
    /// Bytes that are gone through, at most: those of libcrypt's own dearest setting.
    private static let mostBytes = 1 << 30
    /// Blocks that are gone through, at most: four times as many as in that. Small ones take longer for their size.
    private static let mostBlocks = 1 << 20

    /// The binary logarithm of the number of blocks.
    private let logarithm: Int
    /// Each block has 128 times as many bytes.
    private let blockSize: Int
    private var lanes = 1
    private var extraTime = 0

    /// Reads the parameters of `$7$`. Nil if they are none that libcrypt takes.
    init?(scrypt text: Substring) {
        var digits = HashDigits(text)
        guard let logarithm = digits.digit(), let size = digits.number(digits: 5), let lanes = digits.number(digits: 5), logarithm >= 2, size > 0,
            lanes > 0
        else { return nil }
        (self.logarithm, self.blockSize, self.lanes) = (logarithm, size, lanes)
    }

    /// Reads the parameters of `$y$`: flavour, logarithm, block size, and which others follow. Nil if they are none that libcrypt takes.
    init?(yescrypt text: Substring) {
        var digits = HashDigits(text)
        // The flavours that are implemented: scrypt, scrypt with more time, and yescrypt's own.
        guard let flavour = digits.number(from: 0), [0, 1, 47].contains(flavour), let logarithm = digits.number(from: 1), logarithm >= 2,
            let size = digits.number(from: 1)
        else { return nil }
        (self.logarithm, self.blockSize) = (logarithm, size)
        guard !digits.rest.isEmpty else { return }
        // Bits 4 and 8 stand for upgraded hashes and for a table in ROM, of which libcrypt has neither.
        guard let others = digits.number(from: 1), others <= 3 else { return nil }
        if others & 1 != 0 {
            guard let lanes = digits.number(from: 2) else { return nil }
            self.lanes = lanes
        }
        if others & 2 != 0 {
            guard flavour > 0, let time = digits.number(from: 1) else { return nil }
            extraTime = time
        }
        // yescrypt's own shares its blocks out among the lanes, and each gets four at least.
        guard digits.rest.isEmpty, flavour < 47 || (logarithm < 62 && 1 << logarithm / lanes > 3) else { return nil }
    }

    /// Whether it takes at most 1 GiB and a few seconds. Checked factor by factor, so that nothing overflows.
    var isBearable: Bool {
        guard logarithm <= 20, blockSize <= 1 << 23, lanes <= Self.mostBlocks, extraTime < Self.mostBlocks else { return false }
        let blocks = lanes * (1 + extraTime) << logarithm
        return blocks <= Self.mostBlocks && 128 * blockSize * blocks <= Self.mostBytes
    }
}
