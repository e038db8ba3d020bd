// SPDX-License-Identifier: GPL-2.0-or-later

/// How much a document may hold. libxml2 itself refuses more than 256 levels.
public struct ParseLimits: Hashable, Sendable {
    /// 10 MiB.
    public static let shipped = ParseLimits(bytes: 10 << 20)

    /// For what somebody sends: no more than any object of libvirt's needs, so that a document costs a fraction of a second at most.
    public static let posted = ParseLimits(bytes: 10 << 20, elements: 100_000, attributes: 1_000, namespaces: 1_000)

    /// The most bytes a document may have.
    public var bytes: Int
    /// The most elements, attributes of one element, and declarations of namespaces.
    public var elements: Int
    public var attributes: Int
    public var namespaces: Int

    public init(bytes: Int, elements: Int = .max, attributes: Int = .max, namespaces: Int = .max) {
        self.bytes = bytes
        self.elements = elements
        self.attributes = attributes
        self.namespaces = namespaces
    }
}

extension ParseLimits {
    /// Whether there is anything to count.
    var countsMarkup: Bool { elements < .max || attributes < .max || namespaces < .max }
}
