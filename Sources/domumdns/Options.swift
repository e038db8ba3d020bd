// SPDX-License-Identifier: GPL-2.0-or-later
import Announcer
import ArgumentParser
import Logging

/// The command line.
struct Options: ParsableArguments {
    @Option(help: "A connection URI of the local libvirtd; repeatable (default: qemu:///system).")
    var connect: [String] = []

    @Option(help: "What is announced: domains (the host and its domains) or host (the host alone).", transform: choice)
    var announce = AnnouncementPolicy.Extent.domains

    @Option(name: .customLong("tcp-port"), help: "The port at which libvirtd takes TCP connections (default: it takes none).")
    var tcpPort: UInt16?

    @Option(name: .customLong("tls-port"), help: "The port at which libvirtd takes TLS connections (default: it takes none).")
    var tlsPort: UInt16?

    @Flag(name: .customLong("announce-owner"), help: "Announce the domains' owners, too.")
    var announceOwner = false

    @Flag(name: .customLong("dry-run"), help: "Print what would be announced, one record a line, and end.")
    var dryRun = false

    @Flag(help: "Announce what there is now until a signal comes, and follow no changes.")
    var once = false

    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning, error or critical.", transform: choice)
    var logLevel = Logger.Level.info

    func validate() throws {
        if dryRun, once { throw ValidationError("--dry-run and --once exclude each other.") }
        if tcpPort == 0 || tlsPort == 0 { throw ValidationError("A port is a number from 1 to 65535.") }
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ text: String) throws -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: text) else {
            throw ValidationError("It is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return choice
    }

    var uris: [String] { connect.isEmpty ? ["qemu:///system"] : connect }

    var policy: AnnouncementPolicy {
        AnnouncementPolicy(extent: announce, tlsPort: tlsPort, tcpPort: tcpPort, announcesOwners: announceOwner)
    }
}
