// SPDX-License-Identifier: GPL-2.0-or-later

/// How much work a transform may do. Memory is bounded by it only indirectly.
public struct TransformLimits: Hashable, Sendable {
    /// For the stylesheets that are shipped: it grows with the document, and it is deep enough for all that the parser lets in (256
    /// elements deep). It needs a thread with the system's usual stack of some megabytes.
    public static let shipped = TransformLimits(operations: 1_000_000, operationsPerByte: 4, depth: 1_500)
    /// For stylesheets of others, whatever the document: an endless loop ends in about a tenth of a second.
    public static let foreign = TransformLimits(operations: 1_000_000, operationsPerByte: 0, depth: 200)

    /// How many instructions, and again how many XPath operations, a transform may do.
    public var operations: Int
    /// How many more for each byte that the document was parsed from.
    public var operationsPerByte: Int
    /// How many templates may be active at once; libxslt's own 3,000 overflow a small stack.
    public var depth: Int

    public init(operations: Int, operationsPerByte: Int, depth: Int) {
        self.operations = operations
        self.operationsPerByte = operationsPerByte
        self.depth = depth
    }

    /// The operations allowed for a document of so many bytes.
    func operations(forBytes count: Int) -> CUnsignedLong {
        CUnsignedLong(max(1, operations + operationsPerByte * count))
    }
}
