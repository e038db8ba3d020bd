// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt

/// What a few calls told of all domains of a host, so that not each has to be asked.
struct DomainFacts: Sendable {
    var states: [UUID: DomainState] = [:]
    /// Nil: not known.
    var persistent: Set<UUID>?
    var autostart: Set<UUID>?

    init() {}

    /// Asks by three calls, none of which waits for a guest or its QEMU. What the driver does not have is left open.
    init(asking connection: Connection) throws(LibvirtError) {
        states = try Self.known { () throws(LibvirtError) in try connection.states() } ?? [:]
        persistent = try Self.known { () throws(LibvirtError) in try connection.domains(.persistent) }
        autostart = try Self.known { () throws(LibvirtError) in try connection.domains(.autostart) }
    }

    private static func known<Fact>(_ ask: () throws(LibvirtError) -> Fact) throws(LibvirtError) -> Fact? {
        do throws(LibvirtError) {
            return try ask()
        } catch  where [.noSupport, .invalidArgument, .argumentUnsupported, .operationUnsupported].contains(error.code) {
            return nil
        }
    }
}
