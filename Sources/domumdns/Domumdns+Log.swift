// SPDX-License-Identifier: GPL-2.0-or-later
import Announcer
import Avahi
import Libvirt
import Logging
import XML

extension Domumdns {
    /// What the C libraries would print goes to the log.
    func quieten(_ log: Logger) {
        XMLRuntime.start { log.debug("libxml2: \($0)") }
        LibraryLog.forward { line in
            // An error of libvirt's is thrown by the call that met it, so it is known already.
            let isNews = !line.isError && !line.text.hasPrefix("info")
            log.log(level: isNews ? .warning : .debug, "libvirt: \(line.text)")
        }
    }

    static func say(_ report: HostWatcher.Report, _ log: Logger) {
        switch report {
        case .connected(let hasEvents): log.info("connected", metadata: ["events": "\(hasEvents)"])
        case .lost(let error): log.warning("libvirt does not answer", metadata: ["error": "\(error)"])
        case .unreadable(let uuid, let error): log.warning("domain cannot be read", metadata: ["uuid": "\(uuid)", "error": "\(error)"])
        }
    }

    static func say(_ report: Publisher.Report, _ log: Logger) {
        switch report {
        case .connected: log.info("\(report)")
        case .renamed: log.debug("\(report)")
        case .disconnected, .full, .refused: log.warning("\(report)")
        }
    }
}
