// SPDX-License-Identifier: GPL-2.0-or-later

/// How much a transform may do and take.
public struct TransformLimits: Hashable, Sendable {
    /// For the stylesheets that are shipped: it grows with the document, and it is deep enough for all that the parser lets in (256
    /// elements deep). It needs a thread with the system's usual stack of some megabytes.
    public static let shipped = TransformLimits(
        operations: 1_000_000, operationsPerByte: 4, depth: 1_500, memory: 2 << 30, time: .seconds(30))
    /// For stylesheets of others: an endless loop ends in about a tenth of a second.
    public static let foreign = TransformLimits(
        operations: 1_000_000, operationsPerByte: 4, depth: 1_500, memory: 384 << 20, time: .seconds(3))

    /// How many instructions, and again how many XPath operations, a transform may do.
    public var operations: Int
    /// How many more for each byte that the document was parsed from.
    public var operationsPerByte: Int
    /// How many templates may be active at once; libxslt's own 3,000 overflow a small stack.
    public var depth: Int
    /// How many bytes its trees and texts may take at once, the output with them. A string that would pass it is not made; what consists of
    /// nodes is noticed after the instruction that made them.
    public var memory: Int
    /// How much of a processor's time it may take. It is looked at before each instruction, and now and then while memory is asked for.
    public var time: Duration

    public init(operations: Int, operationsPerByte: Int, depth: Int, memory: Int = 2 << 30, time: Duration = .seconds(30)) {
        self.operations = operations
        self.operationsPerByte = operationsPerByte
        self.depth = depth
        self.memory = memory
        self.time = time
    }

    /// The operations allowed for a document of so many bytes.
    func operations(forBytes count: Int) -> CUnsignedLong {
        CUnsignedLong(max(1, operations + operationsPerByte * count))
    }
}
