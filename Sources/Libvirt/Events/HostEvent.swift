// SPDX-License-Identifier: GPL-2.0-or-later

/// That something of a host changed: what an event says, without what it was.
public enum HostEvent: Hashable, Sendable {
    /// How much of a domain may have changed.
    public enum Extent: Int, Comparable, Sendable {
        /// Its state, while it goes on to run.
        case state
        /// Anything: its configuration, its size, its existence.
        case all

        public static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
    }

    case domain(UUID, Extent)
    /// Some object of that kind.
    case objects(ObjectKind)
}
