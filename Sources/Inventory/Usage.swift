// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt

/// What the domains of a host use, by one bulk call.
public struct Usage: Sendable {
    private let statistics: [UUID: DomainStatistics]
    private let shares: [UUID: Double]
    public let taken: ContinuousClock.Instant

    /// Asks for the statistics of all domains, by one call that waits for no guest. Throws `noSupport` where the driver counts nothing.
    /// - Parameter last: the one before, with which shares of CPU time are computed.
    public init(asking connection: Connection, after last: Usage?) throws(LibvirtError) {
        statistics = try connection.statistics()
        taken = .now
        shares = last.map { [statistics, taken] in Self.shares(of: statistics, taken, since: $0) } ?? [:]
    }

    private static func shares(of statistics: [UUID: DomainStatistics], _ taken: ContinuousClock.Instant, since last: Usage) -> [UUID: Double] {
        let elapsed = (taken - last.taken) / .nanoseconds(1)
        guard elapsed > 0 else { return [:] }
        return statistics.compactMapValues { now in
            guard let time = now.cpuTime, let before = last.statistics[now.uuid]?.cpuTime, time >= before else { return nil }
            return Double(time - before) / elapsed * 100
        }
    }

    public subscript(uuid: UUID) -> DomainStatistics? { statistics[uuid] }

    /// CPU time between this reading and the one before, in percent of one CPU; nil while there was none before.
    public func share(of uuid: UUID) -> Double? { shares[uuid] }
}
