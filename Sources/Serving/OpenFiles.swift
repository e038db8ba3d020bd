// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
public import Logging
public import Settings

/// How many files, of which sockets are some, this process may have open.
///
/// It must never run out of them: libdispatch, which looks into /proc now and then, ends a process in which it cannot.
public struct OpenFiles: Sendable {
    /// For everything that is no connection of a client: hosts, relays, stylesheets, libraries, logs.
    private static let others = 256
    /// A host has up to a dozen connections, each of which is four sockets on this side.
    private static let ofHost = 12 * 4

    /// How many sockets are accepted at once, and may be beyond what is allowed until that is seen.
    let batch: Int
    /// How many sockets of clients there may be, served or refused.
    let sockets: Int
    /// How many of them may be served.
    let connections: Int

    /// Asks the system for as many as it allows, and says so in the log if the limits do not fit into that.
    public init(for limits: Limits, hosts: Int, log: Logger) {
        let files = Self.raised()
        self.init(files: files, connections: limits.connections.value, hosts: hosts)
        guard connections < limits.connections.value else { return }
        log.warning(
            "the limit of open files is lower than the connections need: raise it (LimitNOFILE), or lower limits: connections",
            metadata: ["files": "\(files)", "connections": "\(limits.connections.value)", "allowed": "\(connections)"])
    }

    /// - Parameter connections: how many are wanted.
    init(files: Int, connections: Int, hosts: Int) {
        let own = max(files / 2, files - Self.others - hosts * Self.ofHost)
        batch = max(1, min(256, own / 8))
        // There may be two sockets that are listened on.
        sockets = max(1, own - 2 * batch)
        self.connections = min(connections, max(1, sockets - min(Connections.lingering, sockets / 4)))
    }

    private static func raised() -> Int {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(kind, &limit) == 0 else { return 1_024 }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = unsafe setrlimit(kind, &limit)
            _ = unsafe getrlimit(kind, &limit)
        }
        return Int(min(limit.rlim_cur, 1 << 30))
    }
}
