// SPDX-License-Identifier: GPL-2.0-or-later

/// A value without labels that is read when it is asked for.
public struct Sample: Hashable, Sendable {
    public let name: String
    public let kind: SeriesKind
    public let value: Double

    public init(_ name: String, _ kind: SeriesKind, _ value: Double) {
        self.name = name
        self.kind = kind
        self.value = value
    }
}
