// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// The notes of all functions, in the order that pages show. One that has none needs none.
enum Notes {
    typealias Row = (name: String, note: Note)

    static let all: [Row] =
        lifecycle + domainConfiguration + domainDevices + lifecycleOptions + snapshots + migration + domainReading
        + domainStatistics + domainGuest + networks + storage + devices + others + host

    /// The `virDomainState`s of a domain that runs in some way, that executes, and that does not run.
    static let active: Set<Int32> = [1, 2, 3, 4, 7]
    static let executing: Set<Int32> = [1, 2]
    static let inactive: Set<Int32> = [5, 6]

    /// libvirt carries no more than this in one answer.
    static let peek = Parameter.Kind.unsigned(1...(4 << 20))
}
