// SPDX-License-Identifier: GPL-2.0-or-later
import Libvirt
import Synchronization

/// Opens connections to one host, for all its lanes.
final class Opener: Sendable {
    let address: HostAddress
    let isReadOnly: Bool
    private let relay: Relay
    /// The one connection of a driver in this process, which keeps its state in it.
    private let shared = Mutex<Connection?>(nil)
    private let reached = Mutex<String?>(nil)

    init(_ address: HostAddress, isReadOnly: Bool, relay: Relay) {
        self.address = address
        self.isReadOnly = isReadOnly
        self.relay = relay
    }

    /// A line for one connection; nil for a driver in this process. Throws `ConnectError`.
    func line(until deadline: ContinuousClock.Instant) async throws -> RelayLine? {
        guard address.transport != .inProcess else { return nil }
        let line = try await relay.open(address, isReadOnly: isReadOnly, until: deadline)
        if let remote = line.remoteAddress { reached.withLock { $0 = remote } }
        return line
    }

    /// The address, in numbers, to which the last line went; nil where that is no network's.
    var remoteAddress: String? { reached.withLock { $0 } }

    /// Connects by a line, blocking the thread. Throws `ConnectError`.
    func connect(by line: RelayLine?) throws -> Connection {
        guard let line else {
            return try shared.withLock { shared in
                if let connection = shared { return connection }
                let connection = try open(address.uri)
                shared = connection
                return connection
            }
        }
        return try open(address.relayed(by: line.socket))
    }

    private func open(_ uri: String) throws -> Connection {
        do throws(LibvirtError) {
            return try Connection(uri: uri, readOnly: isReadOnly)
        } catch {
            throw explained(error)
        }
    }

    private func explained(_ error: LibvirtError) -> ConnectError {
        guard case .tcp = address.transport, error.code == .authenticationFailed || error.message.contains("layer") else {
            return ConnectError(error)
        }
        return ConnectError(
            "The host wants SASL over tcp, which needs libvirt's own connection and could not be cut when it hangs. Let it serve tls. (\(error.message))"
        )
    }

    func shutdown() {
        if let connection = shared.withLock({ connection in
            defer { connection = nil }; return connection
        }) {
            CallThreads.shared.release(connection)
        }
    }
}
