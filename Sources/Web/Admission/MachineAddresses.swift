// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import NIOCore
import Synchronization

/// The addresses of the machine, asked for again when they are some seconds old.
final class MachineAddresses: Sendable {
    private static let lifetime = Duration.seconds(5)

    private struct State {
        var addresses: Set<[UInt8]> = []
        var read: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    func contains(_ address: IPAddress) -> Bool {
        state.withLock { state in
            if state.read.map({ $0.duration(to: .now) > Self.lifetime }) ?? true {
                state.addresses = Self.current()
                state.read = .now
            }
            return state.addresses.contains(address.unmapped.bytes)
        }
    }

    private static func current() -> Set<[UInt8]> {
        let devices = (try? System.enumerateDevices()) ?? []
        return Set(devices.compactMap { $0.address?.ip?.unmapped.bytes })
    }
}

extension SocketAddress {
    /// Nil where it is none of IP.
    var ip: IPAddress? { ipAddress.flatMap { IPAddress($0) } }
}
