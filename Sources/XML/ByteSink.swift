// SPDX-License-Identifier: GPL-2.0-or-later

/// A growing row of bytes, faster at many small appends than an array, which asks at each for its capacity and its owner.
@safe struct ByteSink: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        unsafe base = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit {
        unsafe base.deallocate()
    }

    /// All that was written.
    borrowing func finish() -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: base, count: count))
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        reserve(1)
        unsafe base[count] = byte
        count += 1
    }

    /// Appends the UTF-8 of a text as it is.
    @inline(__always)
    mutating func put(_ text: String) {
        put(text.utf8)
    }

    @inline(__always)
    mutating func put(_ bytes: some Collection<UInt8>) {
        guard bytes.withContiguousStorageIfAvailable({ unsafe put($0) }) == nil else { return }
        for byte in bytes { put(byte) }
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        let length = bytes.count
        reserve(length)
        unsafe (base + count).initialize(from: source, count: length)
        count += length
    }

    @inline(__always)
    private mutating func reserve(_ length: Int) {
        if capacity - count < length { grow(by: length) }
    }

    /// At least doubles, so that all appends together stay linear.
    @inline(never)
    private mutating func grow(by length: Int) {
        let larger = capacity + max(length, capacity)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = unsafe moved
        capacity = larger
    }
}
