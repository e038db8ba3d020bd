// SPDX-License-Identifier: GPL-2.0-or-later
import Addresses
import Announcer
import ArgumentParser
import Avahi
import Dispatch
import Glibc
import Inventory
import Libvirt
import Logging

/// The announcer: arguments, composition, and nothing else.
@main struct Domumdns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domumdns", abstract: "Announces the local libvirt host and its domains by mDNS, through Avahi.")

    @OptionGroup var options: Options

    func run() throws {
        // Before the first thread, which inherits it: the main thread alone takes them.
        let signals = Signals.block()
        let level = options.logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let log = Logger(label: "domumdns")
        quieten(log)
        try EventLoop.register()
        if options.dryRun {
            try printRecords(log)
            return
        }
        let publisher = try Publisher { Self.say($0, log) }
        let announcer = Announcer(hosts: options.uris.count, policy: options.policy, publisher: publisher)
        if options.once {
            for (host, uri) in options.uris.enumerated() { announcer.update(host, try watcher(uri, log) { _ in }.read()) }
        } else {
            DispatchQueue(label: "libvirt events").async {
                do { try EventLoop.run() } catch { log.critical("libvirt's event loop ended", metadata: ["error": "\(error)"]) }
                _exit(EXIT_FAILURE)
            }
            for (host, uri) in options.uris.enumerated() {
                let watcher = watcher(uri, log) { announcer.update(host, $0) }
                DispatchQueue(label: "host \(host)").async { watcher.run() }
            }
        }
        signals.wait()
        // Where avahi-daemon does not answer, it learns of the end by that of the connection.
        let stopped = DispatchSemaphore(value: 0)
        DispatchQueue(label: "end").async {
            publisher.stop()
            stopped.signal()
        }
        _ = stopped.wait(timeout: .now() + 1.5)
        log.info("stopped")
        // Threads may still be in a call to libvirt, which exit() would take the floor from under.
        _exit(EXIT_SUCCESS)
    }

    private func watcher(_ uri: String, _ log: Logger, changed: @escaping @Sendable (HostSnapshot?) -> Void) -> HostWatcher {
        var log = log
        log[metadataKey: "host"] = "\(ConnectionURI(uri).withoutSecrets)"
        return HostWatcher(uri: uri, report: { [log] in Self.say($0, log) }, changed: changed)
    }

    private func printRecords(_ log: Logger) throws {
        for (host, uri) in options.uris.enumerated() {
            let snapshot = try watcher(uri, log) { _ in }.read()
            for record in Announcer.records(of: snapshot, at: host, policy: options.policy) { print(record.line) }
        }
    }
}
