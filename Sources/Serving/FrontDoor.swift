// SPDX-License-Identifier: GPL-2.0-or-later
public import CoreMetrics
public import HummingbirdCore
public import Logging
public import NIOCore
import NIOHTTP1
import NIOSSL
public import Settings
import Addresses

/// What lies between the socket and who answers requests: who may come in, by TLS or not, and what is a request.
public final class FrontDoor: Sendable {
    /// How many connections may wait to be accepted: what comes in a burst would be tried again by the client's system only after a second.
    public static let backlog = 4096

    /// Who answers a request claims the one of its connection.
    public let slots: RequestSlots
    /// Nil: there is no TLS.
    public let certificate: WatchedCertificate?

    private let limits: Limits
    private let files: OpenFiles
    private let metrics: ServingMetrics
    let connections: Connections

    /// Reads the certificate, if there is one. Throws a `CertificateError`.
    public init(_ settings: EffectiveSettings, files: OpenFiles, metrics factory: any MetricsFactory, log: Logger) throws(CertificateError) {
        limits = settings.limits
        self.files = files
        metrics = ServingMetrics(factory: factory)
        slots = RequestSlots(limit: limits.requests.value, perCaller: limits.requestsPerCaller.value, metrics: metrics)
        connections = Connections(
            limit: files.connections, perAddress: limits.connectionsPerAddress.value, trusted: settings.trustedProxies.value,
            sockets: files.sockets, metrics: metrics)
        if let certificate = settings.tlsCertificate.value, let key = settings.tlsKey.value {
            self.certificate = try WatchedCertificate(certificate: certificate, key: key, log: log)
        } else {
            certificate = nil
        }
    }

    /// The server behind it.
    /// - Parameter handlers: those of each connection, behind the conversion of requests.
    public func server(_ desk: any FrontDesk, handlers: @autoclosure @escaping @Sendable () -> [any RemovableChannelHandler]) -> HTTPServerBuilder {
        let rules = ConnectionRules(
            isSecure: certificate != nil,
            times: .init(
                head: .seconds(Int64(limits.headTime.value)), request: .seconds(Int64(limits.requestTime.value)),
                idle: .seconds(Int64(limits.idleTime.value))),
            line: limits.line.value, headers: limits.headers.value, metrics: metrics, slots: slots, connections: connections, desk: desk)
        return HTTPServerBuilder { [self] responder in
            ConnectionSetup(
                base: HTTP1Channel(
                    responder: responder, configuration: .init(additionalChannelHandlers: handlers(), httpDecoderConfiguration: decoder)),
                rules: rules, certificate: certificate)
        }
    }

    /// What is beyond is never kept; the exact limits are for `ConnectionRules`.
    private var decoder: HTTP1Channel.Configuration.DecoderConfiguration {
        let (line, headers) = (limits.line.value, limits.headers.value)
        return .init(maxHeaderFieldSize: max(line, headers), maxHeaderListSize: line + headers, maxHeaderFieldCount: ConnectionRules.fields)
    }

    /// Makes a listening socket go on whatever happens to a connection, and take in at once all that have come: a few with each turn of a
    /// loop that is busy would let the others wait for seconds.
    public func keepAccepting(on channel: any Channel, log: Logger) async {
        // It fails if the socket is closed already.
        try? await channel.eventLoop.submit { [files, connections] in
            try channel.syncOptions?.setOption(.maxMessagesPerRead, value: UInt(files.batch))
            try channel.pipeline.syncOperations.addHandler(AcceptHandler(connections, log: log), position: .first)
        }.get()
    }

    /// Brings what changes by itself to where it is shown.
    public func measure() {
        if let certificate { metrics.certificateExpires(in: certificate.secondsLeft) }
    }
}
