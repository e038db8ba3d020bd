// SPDX-License-Identifier: GPL-2.0-or-later

/// A release of libvirt: `9.0.0`.
struct Version: Comparable {
    private let parts: [Int]

    init(_ text: String) { parts = text.split(separator: ".").map { Int($0) ?? 0 } }

    static func < (left: Version, right: Version) -> Bool { left.parts.lexicographicallyPrecedes(right.parts) }
}
