// SPDX-License-Identifier: GPL-2.0-or-later
import Access
import ArgumentParser
import Audit
import Authentication
import Cluster
import Commands
import CoreMetrics
import Foundation
import Hummingbird
import Libvirt
import Logging
import Monitoring
import NIOCore
import NIOPosix
import Operations
import ServiceLifecycle
import Serving
import Settings
import UnixSignals
import Web
import XML

/// The server: arguments, composition, and nothing else.
struct HandlerVirt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves libvirt's hosts and virtual machines as web pages and XML.",
        discussion: "Each option can also be set in the environment: HANDLERVIRT_LISTEN and so on; lists are split at white space.")

    @OptionGroup var options: Options

    func run() async throws {
        // Until there is somebody who takes it. A service manager may reload what it has just started.
        signal(SIGHUP, SIG_IGN)
        let settings = try EffectiveSettings(
            flags: options.flags, environment: ProcessInfo.processInfo.environment, permissions: CommandTable.permissions)
        let level = settings.logLevel.value
        let ofRequest = Logger.MetadataProvider { Requester.current.request.isEmpty ? [:] : ["request": "\(Requester.current.request)"] }
        LoggingSystem.bootstrap(
            { label, provider in
                var handler = StreamLogHandler.standardError(label: label, metadataProvider: provider)
                handler.logLevel = level
                return handler
            }, metadataProvider: ofRequest)
        let log = Logger(label: "handlervirt")
        guard let directories = AssetDirectories.find(override: settings.stylesheets.value) else {
            throw ValidationError("The stylesheets are neither beside the program's checkout nor in ../share/handlervirt.")
        }
        let doors = try Doors(settings, log: log)
        let metrics = Registry(help: Registry.help)
        let files = OpenFiles(for: settings.limits, hosts: settings.hosts.count, log: log)
        let door = try FrontDoor(settings, files: files, metrics: metrics, log: log)
        let audit = try AuditLog(settings.audit.value, log: log)
        defer { audit.finish() }
        Self.quieten(log)
        try EventLoop.register()
        MetricsSystem.bootstrap(metrics)
        Gauge(label: "handlervirt_build_info", dimensions: [("configuration", Self.buildConfiguration)]).record(1)
        let cluster = try Cluster(settings, log: log)
        cluster.start()
        // What answers at once is there for the first who asks.
        await cluster.settle(within: .seconds(2))
        let threads = NIOThreadPool(numberOfThreads: System.coreCount)
        threads.start()
        let responder = WebResponder(
            operations: Operations(cluster: cluster, gate: Self.gate(settings, cluster), audit: audit), settings: settings,
            sessions: doors.sessions, authenticator: doors.authenticator, audit: audit, door: door, metrics: metrics, directories: directories,
            threads: threads, log: log)
        await responder.refusals.prepare()
        let address = settings.listen.value
        let scheme = door.certificate == nil ? "http" : "https"
        let application = Application(
            responder: responder,
            server: door.server(responder, handlers: [HeadReader()]),
            configuration: .init(address: .hostname(address.host, port: address.port), serverName: "handlervirt", backlog: FrontDoor.backlog),
            onServerRunning: { channel in
                await door.keepAccepting(on: channel, log: log)
                let bound = ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port)
                log.notice("serving \(settings.access.value.rawValue) at \(scheme)://\(bound)/")
            },
            logger: log)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: EventLoopService(log: log), failureTerminationBehavior: .gracefullyShutdownGroup), .init(service: application),
            .init(service: AuditService(audit: audit)),
        ]
        if settings.discovers.value { services.append(.init(service: DiscoveryService(settings: settings, cluster: cluster, log: log))) }
        if let certificate = door.certificate { services.append(.init(service: CertificateService(certificate: certificate))) }
        var group = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        group.maximumGracefulShutdownDuration = Duration.seconds(8)
        try await ServiceGroup(configuration: group).run()
        cluster.shutdown()
        log.notice("stopped")
    }

    /// A host that was found on the network is in the pool of the rule that it was joined by.
    private static func gate(_ settings: EffectiveSettings, _ cluster: Cluster) -> Gate {
        let poolOfFound: @Sendable (String) -> PermissionPool? = { name in cluster.poolOfDiscovered(name).flatMap { settings.pool(named: $0) } }
        let findsHosts = settings.discovers.value && !settings.pools.isEmpty
        return Gate(
            mode: settings.access.value, visibility: settings.visibility.value, authority: settings.authority.authority,
            knowsUsers: settings.users.value != nil, pools: settings.poolsByHost, poolOfOther: findsHosts ? poolOfFound : nil)
    }

    private static var buildConfiguration: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }

    /// What the C libraries would print goes to the log.
    private static func quieten(_ log: Logger) {
        XMLRuntime.start { log.debug("libxml2: \($0)") }
        LibraryLog.forward { line in
            // An error of libvirt's is thrown by the call that met it, so it is known already; and it may quote a secret that was sent.
            if !line.isError { log.warning("libvirt: \(line.text)") }
        }
    }
}
