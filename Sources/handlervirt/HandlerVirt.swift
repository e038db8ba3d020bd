// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Cluster
import Hummingbird
import Libvirt
import Logging
import NIOCore
import NIOPosix
import Operations
import ServiceLifecycle
import UnixSignals
import Web
import XML

/// The server: arguments, composition, and nothing else.
@main struct HandlerVirt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handlervirt",
        abstract: "Serves libvirt's hosts and virtual machines as web pages and XML.",
        discussion: "Each option can also be set in the environment: HANDLERVIRT_LISTEN and so on; lists are split at white space.")

    @OptionGroup var settings: Settings

    func run() async throws {
        let effective = try Effective(settings)
        let level = effective.logLevel
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = level
            return handler
        }
        let log = Logger(label: "handlervirt")
        guard let directories = AssetDirectories.find(override: effective.stylesheets) else {
            throw ValidationError("The stylesheets are neither beside the program's checkout nor in ../share/handlervirt.")
        }
        Self.quieten(log)
        try EventLoop.register()
        let cluster = try Cluster(effective.uris.map { HostConfiguration(uri: $0) }, isReadOnly: effective.access == .readOnly, log: log)
        cluster.start()
        await cluster.settle(within: .seconds(2))
        let threads = NIOThreadPool(numberOfThreads: System.coreCount)
        threads.start()
        let responder = WebResponder(
            operations: Operations(cluster: cluster, gate: Gate(mode: effective.access)),
            configuration: WebConfiguration(rendering: effective.rendering), directories: directories, threads: threads, log: log)
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(effective.host, port: effective.port), serverName: "handlervirt"),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? effective.port
                let host = effective.host.contains(":") ? "[\(effective.host)]" : effective.host
                log.notice("serving \(effective.access.rawValue) at http://\(host):\(port)/")
            },
            logger: log)
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: EventLoopService(log: log), failureTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: application),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        group.maximumGracefulShutdownDuration = Duration.seconds(8)
        try await ServiceGroup(configuration: group).run()
        cluster.shutdown()
        log.notice("stopped")
    }

    /// What the C libraries would print goes to the log.
    private static func quieten(_ log: Logger) {
        XMLRuntime.start { log.debug("libxml2: \($0)") }
        LibraryLog.forward { line in
            // An error of libvirt's is thrown by the call that met it, so it is known already.
            log.log(level: line.isError ? .debug : .warning, "libvirt: \(line.text)")
        }
    }
}
