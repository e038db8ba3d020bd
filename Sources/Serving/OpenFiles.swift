// SPDX-License-Identifier: GPL-2.0-or-later
import Glibc
public import Logging
public import Settings

/// How many files, of which sockets are some, this process may have open.
public enum OpenFiles {
    /// For everything that is no connection of a client: hosts, relays, stylesheets, libraries, logs.
    private static let others = 256

    /// Asks the system for as many as it allows, and says so in the log if the limits do not fit into that.
    public static func raise(for limits: Limits, hosts: Int, log: Logger) {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard unsafe getrlimit(kind, &limit) == 0 else { return }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            _ = unsafe setrlimit(kind, &limit)
            _ = unsafe getrlimit(kind, &limit)
        }
        let needed = needed(for: limits, hosts: hosts)
        guard limit.rlim_cur < needed else { return }
        log.warning(
            "the limit of open files is lower than the connections need: raise it (LimitNOFILE), or lower limits: connections",
            metadata: ["files": "\(limit.rlim_cur)", "needed": "\(needed)", "connections": "\(limits.connections.value)"])
    }

    /// A host has up to a dozen connections, each of which is four sockets on this side.
    static func needed(for limits: Limits, hosts: Int) -> rlim_t {
        rlim_t(limits.connections.value + Connections.lingering + others + hosts * 12 * 4)
    }
}
