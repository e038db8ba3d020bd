// SPDX-License-Identifier: GPL-2.0-or-later

/// How much a document may hold. libxml2 itself refuses more than 256 levels.
public struct ParseLimits: Hashable, Sendable {
    /// 10 MiB.
    public static let shipped = ParseLimits(bytes: 10 << 20)

    /// The most bytes a document may have.
    public var bytes: Int

    public init(bytes: Int) {
        self.bytes = bytes
    }
}
