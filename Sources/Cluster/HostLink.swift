// SPDX-License-Identifier: GPL-2.0-or-later
public import Libvirt
import Logging
import Synchronization

/// The connection to one host: opened when it is first needed, dropped when it turns out dead, opened again by the next call.
/// Exactly one is open at a time, because a test driver keeps its state in it.
final class HostLink: Sendable {
    private let uri: String
    private let isReadOnly: Bool
    private let log: Logger
    private let current = Mutex<Connection?>(nil)
    /// Held while opening, so that many callers open once.
    private let opening = Mutex<Void>(())

    init(uri: String, isReadOnly: Bool, log: Logger) {
        self.uri = uri
        self.isReadOnly = isReadOnly
        self.log = log
    }

    /// Runs `body` with the open connection, on the calling thread.
    func use<Result>(_ body: (Connection) throws -> Result) throws -> Result {
        let connection = try open()
        do {
            return try body(connection)
        } catch {
            if (try? connection.isAlive()) != true {
                log.warning("connection lost", metadata: ["uri": "\(uri)", "error": "\(error)"])
                drop(connection)
            }
            throw error
        }
    }

    private func open() throws -> Connection {
        if let connection = living() { return connection }
        return try opening.withLock { _ in
            if let connection = living() { return connection }
            let connection: Connection
            do throws(LibvirtError) {
                connection = try Connection(uri: uri, readOnly: isReadOnly)
            } catch {
                throw ConnectError(error)
            }
            _ = try? connection.keepAlive(interval: 5, count: 3)
            current.withLock { $0 = connection }
            log.info("connected", metadata: ["uri": "\(uri)", "read-only": "\(isReadOnly)"])
            return connection
        }
    }

    private func living() -> Connection? {
        let connection = current.withLock { $0 }
        guard let connection, (try? connection.isAlive()) == true else { return nil }
        return connection
    }

    private func drop(_ connection: Connection) { current.withLock { if $0 === connection { $0 = nil } } }

    func drop() { current.withLock { $0 = nil } }
}

/// The host could not be connected to.
public struct ConnectError: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: LibvirtError

    init(_ reason: LibvirtError) { self.reason = reason }

    public var description: String { reason.description }
}
